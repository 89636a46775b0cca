import { sql, type RawBuilder } from 'kysely';
import { scopesOf, type Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { READERS } from './access.ts';
import { inTreeOrder } from '../rules.ts';

/**
 * Query scope on an ltree `path` of a past day: what then hung under the units of the actor's grants, wherever these
 * hang today (a label is a unit's for good, its path is not).
 */
export function withinThen(path: RawBuilder<unknown>, actor: Actor, ...roles: string[]): RawBuilder<boolean> {
	const scopes = scopesOf(actor, ...(roles.length > 0 ? roles : READERS));
	if (scopes.includes(null)) return sql<boolean>`true`;
	if (scopes.length === 0) return sql<boolean>`false`;
	const anywhere = scopes.map((scope) => `*.${scope!.split('.').at(-1)!}.*`);
	return sql<boolean>`${path} ? ${anywhere}::lquery[]`;
}

export interface PastUnit {
	id: string;
	name: string;
	depth: number;
	/** Officers whose post was in it, or in a unit below it, on that day. */
	officers: number;
	children: number;
}

export interface PastTree {
	/** The unit that was opened, with the one above it; null at the top. */
	unit: { id: string; name: string; parentId: string | null } | null;
	units: PastUnit[];
	/** The earliest day of which the tree is known; before it the oldest known places stand in. Null without units. */
	knownFrom: string | null;
}

/**
 * The tree as it was on `day`: the highest units that then hung under the actor's, each with its parts, or the parts of
 * one unit.
 * @throws NotFound when that unit was not there on that day, or not the actor's to read
 */
export async function treeOn(db: Db, actor: Actor, day: string, under?: string): Promise<PastTree> {
	const { rows } = await sql<PastUnit & { parent_id: string | null }>`
		with placed as materialized (select unit_id, count(*) as officers from people.placements_on(${day}::date) group by unit_id),
		-- a unit that had ended by then is not part of the tree, and one begun later only where nothing older is known
		life as (select unit_id, min(valid_from) as begins, max(coalesce(valid_to, 'infinity'::date)) as ends from people.unit_versions
			where valid_to is null or valid_to >= valid_from group by unit_id),
		tree as materialized (
			select t.* from people.units_on(${day}::date) t join life using (unit_id)
			where ends >= ${day}::date and (begins <= ${day}::date or begins = (select min(begins) from life)) and ${withinThen(sql.ref('t.path'), actor)}),
		roots as (select unit_id from tree r where not exists (select 1 from tree p where p.unit_id = r.parent_id))
		select t.unit_id as id, t.name, t.parent_id, nlevel(t.path) as depth,
			(select coalesce(sum(p.officers), 0)::int from tree b join placed p on p.unit_id = b.unit_id where b.path <@ t.path) as officers,
			(select count(*)::int from tree k where k.parent_id = t.unit_id) as children
		from tree t where ${
			under === undefined
				? sql`t.unit_id in (select unit_id from roots) or t.parent_id in (select unit_id from roots)`
				: sql`t.unit_id = ${under} or t.parent_id = ${under}`
		} order by t.path limit 2000`.execute(db);
	const known = await sql<{ day: string | null }>`select min(valid_from) as day from people.unit_versions`.execute(db);
	const unit = rows.find((row) => row.id === under);
	if (under !== undefined && !unit) throw new NotFound('unit');
	return {
		unit: unit ? { id: unit.id, name: unit.name, parentId: unit.parent_id } : null,
		units: inTreeOrder(rows.filter((row) => row !== unit)).map(({ parent_id: _, ...row }) => row),
		knownFrom: known.rows[0]!.day
	};
}
