import { sql, type RawBuilder } from 'kysely';
import { covers, hasRole, scopesOf, type Actor } from '#platform/actor.ts';

/** Roles that read the directory; each within its grants. */
export const READERS = ['administrator', 'programme_manager', 'training_officer', 'superior', 'leadership'];
/** Roles that need the NIP itself: who invites, nominates and reports by number. */
export const NUMBER_READERS = ['administrator', 'programme_manager', 'training_officer'];

/** Opens an officer's page: oneself, or one's subtree. */
export const mayReadOfficer = (actor: Actor, officer: { id: string; unit_path: string | null }): boolean =>
	actor.officerId === officer.id || covers(actor, officer.unit_path, ...READERS);

export const mayReadNumber = (actor: Actor, officer: { id: string; unit_path: string | null }): boolean =>
	actor.officerId === officer.id || covers(actor, officer.unit_path, ...NUMBER_READERS);

export const mayReadUnit = (actor: Actor, unitPath: string): boolean => covers(actor, unitPath, ...READERS);

/** Accounts, invitations, grants, imports: the administrator of the installation. */
export const mayAdminister = (actor: Actor): boolean => hasRole(actor, 'administrator');

/**
 * Query scope on the alias `c` of `people.officer_cards`: officers in the subtrees where the actor holds one of the
 * roles. Without a role nobody, not even oneself.
 */
export function visibleOfficers(actor: Actor, ...roles: string[]): RawBuilder<boolean> {
	return within(sql.ref('c.unit_path'), actor, roles.length > 0 ? roles : READERS);
}

/** Query scope on the alias `u` of `people.current_units`. */
export const visibleUnits = (actor: Actor, ...roles: string[]): RawBuilder<boolean> =>
	within(sql.ref('u.path'), actor, roles.length > 0 ? roles : READERS);

/** Whether the query scopes of these roles leave nobody out. */
export const seesAll = (actor: Actor, ...roles: string[]): boolean => covers(actor, null, ...(roles.length > 0 ? roles : READERS));

/** Table expressions `seen`, the units in force that the actor may read (`id, parent_id, path, name`), and `roots`, the ids of those that hang under no other. */
export const seenUnits = (actor: Actor): RawBuilder<unknown> => sql`
	seen as materialized (select u.id, u.parent_id, u.path, u.name from people.current_units u where ${visibleUnits(actor)}),
	roots as (select id from seen s where not exists (select 1 from seen p where p.id = s.parent_id))`;

function within(path: RawBuilder<unknown>, actor: Actor, roles: string[]): RawBuilder<boolean> {
	const scopes = scopesOf(actor, ...roles);
	if (scopes.length === 0) return sql<boolean>`false`;
	if (scopes.includes(null)) return sql<boolean>`true`;
	return sql<boolean>`${path} <@ any(${scopes}::ltree[])`;
}
