import { covers, hasRole, scopesOf, type Actor } from '#platform/actor.ts';
import { sql, type RawBuilder } from 'kysely';

const KEEPERS = ['administrator', 'programme_manager', 'training_officer'];
const READERS = [...KEEPERS, 'superior', 'leadership'];

/** Opens and closes service units, sees the single answers. */
export const mayKeep = (actor: Actor, unitPath: string): boolean => covers(actor, unitPath, ...KEEPERS);

export const mayRead = (actor: Actor, unitPath: string): boolean => covers(actor, unitPath, ...READERS);

/** Sees the index even of fewer than five respondents: the circle that runs the unit. */
export const mayReadSmall = (actor: Actor, unitPath: string): boolean => covers(actor, unitPath, ...KEEPERS, 'superior');

/** Rows of `service_units s` joined to `people.current_units u` that the actor may read. */
export function readable(actor: Actor): RawBuilder<boolean> {
	if (!hasRole(actor, ...READERS)) return sql<boolean>`false`;
	const scopes = scopesOf(actor, ...READERS);
	if (scopes.includes(null)) return sql<boolean>`true`;
	return sql<boolean>`u.path <@ any(${scopes}::ltree[])`;
}
