import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { hasRole } from '#platform/actor.ts';
import { inTreeOrder, type OrganisationKind, type Role } from '../rules.ts';
import { seenUnits, visibleUnits } from './access.ts';

/** Units in the actor's scope for a select, in the order of the tree; the label is indented by depth. */
export async function unitOptions(db: Db, actor: Actor, ...roles: string[]): Promise<{ value: string; label: string }[]> {
	const { rows } = await sql<{ id: string; parent_id: string | null; name: string; depth: number }>`
		select u.id, u.parent_id, u.name, nlevel(u.path) as depth from people.current_units u
		where ${visibleUnits(actor, ...roles)} order by u.path limit 5000`.execute(db);
	return inTreeOrder(rows).map((unit) => ({ value: unit.id, label: `${'\u2003'.repeat(Math.max(0, unit.depth - 1))}${unit.name}` }));
}

/**
 * The same for the filter of a list, where hundreds of units would weigh more than the list: the units over the chosen
 * one, itself and one floor below it; the top two floors when none is chosen.
 */
export async function unitsAround(db: Db, actor: Actor, chosen: string): Promise<{ value: string; label: string }[]> {
	const { rows } = await sql<{ id: string; parent_id: string | null; name: string; depth: number }>`
		with ${seenUnits(actor)},
			chosen as (select path from seen where id = ${isId(chosen) ? chosen : null})
		select s.id, s.parent_id, s.name, nlevel(s.path) as depth from seen s where case when exists (select 1 from chosen)
			then s.path @> (select path from chosen) or s.parent_id = ${isId(chosen) ? chosen : null}
			else s.id in (table roots) or s.parent_id in (table roots) end`.execute(db);
	const top = Math.min(...rows.map((unit) => unit.depth));
	return inTreeOrder(rows).map((unit) => ({ value: unit.id, label: `${'\u2003'.repeat(unit.depth - top)}${unit.name}` }));
}

/** Partner organisations for a select. */
export async function organisationOptions(db: Db): Promise<{ value: string; label: string }[]> {
	const { rows } = await sql<{ id: string; name: string }>`select id, name from people.organisations order by name, id limit 2000`.execute(
		db
	);
	return rows.map((row) => ({ value: row.id, label: row.name }));
}

/** A partner outside government. @throws Refusal when the name is taken */
export async function createOrganisation(
	db: Db,
	actor: Actor,
	at: Date,
	input: { kind: OrganisationKind; name: string; city?: string | undefined; contactEmail?: string | undefined }
): Promise<{ id: string }> {
	if (!hasRole(actor, 'administrator', 'programme_manager')) throw new NotFound('organisation');
	const known = await sql`select 1 from people.organisations where lower(name) = lower(${input.name})`.execute(db);
	if (known.rows.length > 0) throw new Refusal('people_refusal_organisation_known', { field: 'name' });
	const id = newId();
	await sql`insert into people.organisations (id, kind, name, city, contact_email, created_at)
		values (${id}, ${input.kind}, ${input.name}, ${input.city || null}, ${input.contactEmail || null}, ${at})`.execute(db);
	await audit(db, actor, at, 'people.organisation_created', { type: 'organisation', id });
	return { id };
}

export interface AccountWithRole {
	accountId: string;
	officerId: string | null;
	personId: string;
	name: string;
	unitPath: string | null;
	organisationId: string | null;
}

/** Enabled accounts that hold the role on the day of `at`, by name; once per grant. */
export async function accountsWithRole(db: Db, at: Date, role: Role): Promise<AccountWithRole[]> {
	const day = dayOf(at);
	const { rows } = await sql<AccountWithRole>`
		select a.id as "accountId", a.officer_id as "officerId", coalesce(a.officer_id, a.id) as "personId", a.name,
			v.path::text as "unitPath", g.organisation_id as "organisationId"
		from people.role_grants g
		join people.accounts a on a.id = g.account_id and a.disabled_at is null
		left join people.unit_versions v on v.unit_id = g.unit_id and v.valid_to is null
		where g.role = ${role} and g.valid_from <= ${day} and (g.valid_to is null or g.valid_to >= ${day})
			and (g.unit_id is null or v.path is not null)
		order by a.name, a.id, g.id`.execute(db);
	return rows;
}

/** True until the first account exists: then set-up is shown, and only then. */
export async function installationIsEmpty(db: Db): Promise<boolean> {
	const { rows } = await sql`select 1 from people.accounts limit 1`.execute(db);
	return rows.length === 0;
}
