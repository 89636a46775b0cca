import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { cardsWhere, type OfficerCard } from './officer-cards.ts';

export interface Superior {
	accountId: string;
	officerId: string | null;
	/** Key of inbox items. */
	personId: string;
	name: string;
}

/** Grants of `superior` in force on a day, with the subtree each covers. */
const grantsInForce = (day: string) => sql`
	select g.id, g.granted_at, g.acting, a.id as account_id, a.officer_id, a.name, v.path
	from people.role_grants g
	join people.accounts a on a.id = g.account_id and a.disabled_at is null
	join people.unit_versions v on v.unit_id = g.unit_id and v.valid_to is null
	where g.role = 'superior' and g.valid_from <= ${day} and (g.valid_to is null or g.valid_to >= ${day})`;

/** The superior of each officer: deepest subtree first, never the officer; who acts for the holder before the holder, then the longest-standing. */
const superiorOf = (day: string) => sql`
	left join lateral (
		select s.account_id, s.officer_id, s.name from (${grantsInForce(day)}) s
		where s.path @> c.unit_path and s.officer_id is distinct from c.id
		order by nlevel(s.path) desc, s.acting is not null desc, s.granted_at, s.id limit 1
	) superior on true`;

/** Joins `superior` (account_id, officer_id, name) to the alias `c` of `people.officer_cards`, as of the day of `at`. */
export const withSuperiors = (at: Date) => superiorOf(dayOf(at));

/**
 * Who rates and approves for each officer: the holder of a `superior` grant on the deepest unit subtree that contains
 * the officer's unit; while somebody acts (Plt, Plh) on that unit, that person. An officer without one is missing from the map. Grants are made by a person, never derived from
 * the head a unit names: the national list is often behind, and a wrong superior would read private ratings.
 */
export async function superiorsOf(db: Db, at: Date, officerIds: string[]): Promise<Map<string, Superior>> {
	if (officerIds.length === 0) return new Map();
	const { rows } = await sql<{ id: string; account_id: string; officer_id: string | null; name: string }>`
		select c.id, superior.account_id, superior.officer_id, superior.name
		from people.officer_cards c ${superiorOf(dayOf(at))}
		where c.id = any(${officerIds}::uuid[]) and superior.account_id is not null`.execute(db);
	return new Map(
		rows.map((row) => [
			row.id,
			{ accountId: row.account_id, officerId: row.officer_id, personId: row.officer_id ?? row.account_id, name: row.name }
		])
	);
}

/** Active officers whose superior the actor is, by name, or the one asked for; empty for anybody else. */
export async function officersUnder(db: Db, actor: Actor, at: Date, only?: string): Promise<OfficerCard[]> {
	const scopes = actor.grants.filter((grant) => grant.role === 'superior' && grant.unitPath !== null).map((grant) => grant.unitPath);
	if (actor.accountId === null || scopes.length === 0) return [];
	const { rows } = await sql<{ id: string }>`
		select c.id from people.officer_cards c ${superiorOf(dayOf(at))}
		where c.active and c.unit_path <@ any(${scopes}::ltree[]) and superior.account_id = ${actor.accountId}
			${only === undefined ? sql`` : sql`and c.id = ${isId(only) ? only : null}`}`.execute(db);
	return rows.length === 0 ? [] : cardsWhere(db, sql<boolean>`c.id = any(${rows.map((row) => row.id)}::uuid[])`);
}
