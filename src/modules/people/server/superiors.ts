import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
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

/**
 * Table expression (`id, account_id, officer_id, name`) of officers with a superior: of the deepest subtree, never the
 * officer; who acts for the holder before the holder, then the longest-standing. Who holds a unit has a superior above it:
 * neither who acts in the holder's place nor who came to the same unit later. Who could be it is worked out once a unit: a
 * province has a superior in each, and an office hundreds of officers.
 * @param which condition on alias `c` of `people.officer_cards`
 */
export const superiorsOn = (at: Date, which: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
	with line as materialized (
		select u.unit_id, s.account_id, s.officer_id, s.name, s.path, s.acting is not null as acting,
			row_number() over (partition by u.unit_id order by nlevel(s.path) desc, s.acting is not null desc, s.granted_at, s.id) as place
		from (select distinct c.unit_id, c.unit_path from people.officer_cards c where ${which}) u
		join (${grantsInForce(dayOf(at))}) s on s.path @> u.unit_path)
	select distinct on (c.id) c.id, line.account_id, line.officer_id, line.name
	from people.officer_cards c join line on line.unit_id = c.unit_id and line.officer_id is distinct from c.id
		left join line held on held.unit_id = c.unit_id and held.officer_id = c.id and held.path = line.path and not held.acting
	where ${which} and (held.place is null or (not line.acting and line.place < held.place)) order by c.id, line.place)`;

/**
 * Who rates and approves for each officer: the holder of a `superior` grant on the deepest unit subtree that contains
 * the officer's unit; while somebody acts (Plt, Plh) on that unit, that person. An officer without one is missing from the map. Grants are made by a person, never derived from
 * the head a unit names: the national list is often behind, and a wrong superior would read private ratings.
 */
export async function superiorsOf(db: Db, at: Date, officerIds: string[]): Promise<Map<string, Superior>> {
	if (officerIds.length === 0) return new Map();
	const { rows } = await sql<{ id: string; account_id: string; officer_id: string | null; name: string }>`
		select * from ${superiorsOn(at, sql`c.id = any(${officerIds}::uuid[])`)} superior`.execute(db);
	return new Map(
		rows.map((row) => [
			row.id,
			{ accountId: row.account_id, officerId: row.officer_id, personId: row.officer_id ?? row.account_id, name: row.name }
		])
	);
}

/**
 * Active officers whose superior the actor is, by name; empty for anybody else.
 * @param which only these, alias `c` of cards
 * @param most so many of the first; who leads tens of thousands is asked for them by `officersUnderIds`
 */
export async function officersUnder(
	db: Db,
	actor: Actor,
	at: Date,
	which: RawBuilder<unknown> = sql`true`,
	most?: number
): Promise<OfficerCard[]> {
	const under = isUnder(actor, at, which);
	return under ? cardsWhere(db, under, most) : [];
}

/** Ids of all of them, by name. */
export async function officersUnderIds(db: Db, actor: Actor, at: Date): Promise<string[]> {
	const under = isUnder(actor, at, sql`true`);
	if (!under) return [];
	const { rows } = await sql<{
		id: string;
	}>`select c.id from people.officer_cards c where ${under} order by c.full_name, c.id`.execute(db);
	return rows.map(({ id }) => id);
}

/** As a condition on alias `c` of cards; nothing for who is nobody's superior. */
function isUnder(actor: Actor, at: Date, which: RawBuilder<unknown>): RawBuilder<boolean> | undefined {
	const scopes = actor.grants.filter((grant) => grant.role === 'superior' && grant.unitPath !== null).map((grant) => grant.unitPath);
	if (actor.accountId === null || scopes.length === 0) return;
	const near = superiorsOn(at, sql`c.active and c.unit_path <@ any(${scopes}::ltree[]) and ${which}`);
	return sql<boolean>`c.id in (select superior.id from ${near} superior where superior.account_id = ${actor.accountId})`;
}
