import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import type { Moment } from '../moments.ts';
import { hiddenCells } from '../rules.ts';
import { mayReadCounts, mayReadGaps, mayReadPersons } from './access.ts';
import { partsOf, topUnits, unitById, type UnitRow } from './gaps.ts';

export interface Figures {
	/** Officers of whom the competency, or any, is asked. */
	people: number;
	/** Of these, with a valid rating on it, or on any. */
	assessed: number;
	/** Of these, below what is asked on it, or on any. */
	withGap: number;
	/** About so few people that this actor may not know; the other figures but `people` then read 0. */
	hidden: boolean;
}

/** The unit asked for, or the top of what the actor's roles cover, as on the gap map. @throws NotFound outside the subtrees */
export async function openedUnit(db: Db, actor: Actor, unitId: string | undefined): Promise<{ unit: UnitRow | undefined; parts: UnitRow[] }> {
	if (!mayReadGaps(actor)) throw new NotFound('gaps');
	let unit = unitId !== undefined && isId(unitId) ? await unitById(db, unitId) : undefined;
	if (unitId !== undefined && (!unit || !mayReadCounts(actor, unit.path))) throw new NotFound('unit');
	let parts = unit ? await partsOf(db, unit.id) : await topUnits(db, actor);
	while (!unit && parts.length === 1) {
		unit = parts[0]!;
		parts = await partsOf(db, unit.id);
	}
	return { unit, parts };
}

/**
 * Figures of parts of the tree at several moments, in one pass: officers, tree, standards and ratings as they were in
 * force then, by what is known today. A unit counts for the deepest part that held it. Who has left the service is
 * counted while a post was held. What only a few people stand behind is hidden from those who may not see the persons,
 * column by column, as on the gap map.
 * @returns by part id, one entry a moment
 */
export async function figuresAt(
	db: Db,
	actor: Actor,
	moments: Moment[],
	parts: Pick<UnitRow, 'id' | 'path'>[],
	competencyId?: string
): Promise<Map<string, Figures[]>> {
	const found = new Map(parts.map((part) => [part.id, moments.map(() => ({ people: 0, assessed: 0, withGap: 0, hidden: false }))]));
	const one = competencyId === undefined ? sql`` : sql`and competency_id = ${competencyId}::uuid`;
	const { rows } = await sql<{ n: number; part_id: string; people: number; assessed: number; with_gap: number }>`
		with points as materialized (
			select * from unnest(${moments.map(({ at }) => at)}::timestamptz[], ${moments.map(({ day }) => day)}::date[]) with ordinality as t(at, day, n)),
		parts as materialized (
			select * from unnest(${parts.map(({ id }) => id)}::uuid[], ${parts.map(({ path }) => path.split('.').at(-1)!)}::text[]) as t(id, label)),
		places as materialized (
			select distinct on (points.n, v.unit_id) points.n, points.day, v.unit_id, parts.id as part_id
			from points join people.unit_versions v on v.valid_from <= points.day and (v.valid_to is null or v.valid_to >= points.day)
			cross join lateral unnest(string_to_array(v.path::text, '.')) with ordinality as step(label, depth)
			join parts on parts.label = step.label
			order by points.n, v.unit_id, step.depth desc),
		members as materialized (
			select place.n, place.part_id, p.officer_id, coalesce(p.post_ref, '') as post_ref, p.rung
			from places place join people.post_assignments p on p.unit_id = place.unit_id and p.valid_from <= place.day and (p.valid_to is null or p.valid_to >= place.day)
			join people.officers o on o.id = p.officer_id and (o.active or p.valid_to is not null)),
		in_force as materialized (
			select n, post_ref, rung, competency_id, level from (
				select distinct on (points.n, post_ref, rung, competency_id) points.n, points.day, post_ref, rung, competency_id, level, valid_to
				from points join competency.standards on valid_from <= points.day ${one}
				order by points.n, post_ref, rung, competency_id, valid_from desc) newest
			where valid_to is null or valid_to >= day),
		kinds as materialized (select distinct n, post_ref, rung from members),
		asked as materialized (
			select distinct on (n, post_ref, rung, competency_id) n, post_ref, rung, competency_id, level from (
				select k.n, k.post_ref, k.rung, s.competency_id, s.level, 1 as place from kinds k join in_force s on s.n = k.n and s.post_ref = k.post_ref
				union all
				select k.n, k.post_ref, k.rung, s.competency_id, s.level, 2 from kinds k join in_force s on s.n = k.n and s.rung = k.rung) either
			order by n, post_ref, rung, competency_id, place),
		counted as materialized (
			select distinct on (points.n, r.officer_id, r.competency_id) points.n, r.officer_id, r.competency_id, r.level
			from competency.ratings r join points on r.rated_at <= points.at and (r.valid_until is null or r.valid_until >= points.day)
			where r.officer_id in (select officer_id from members) ${one}
			order by points.n, r.officer_id, r.competency_id, r.strength desc, r.rated_at desc, r.id desc),
		each as (
			select m.n, m.part_id, m.officer_id, count(c.level) > 0 as assessed, bool_or(c.level < a.level) as short
			from members m join asked a using (n, post_ref, rung) left join counted c using (n, officer_id, competency_id)
			group by m.n, m.part_id, m.officer_id)
		select n::int, part_id, count(*)::int as people, count(*) filter (where assessed)::int as assessed, count(*) filter (where short)::int as with_gap
		from each group by n, part_id`.execute(db);
	for (const row of rows)
		Object.assign(found.get(row.part_id)![row.n - 1]!, { people: row.people, assessed: row.assessed, withGap: row.with_gap });
	const unseen = parts.filter((part) => !mayReadPersons(actor, part.path)).map((part) => found.get(part.id)!);
	for (const n of moments.keys()) {
		const column = unseen.map((figures) => figures[n]!);
		for (const index of hiddenCells(column.map((cell) => cell.assessed)))
			Object.assign(column[index]!, { assessed: 0, withGap: 0, hidden: true });
	}
	return found;
}
