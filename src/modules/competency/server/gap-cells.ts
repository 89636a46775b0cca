import { sql, type RawBuilder } from 'kysely';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { measured } from './levels.ts';

/** Officers without a unit stand under this one. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** Units whose figures do not hold at `at`. */
const stale = (at: Date): RawBuilder<unknown> => sql`
	select n.unit_id from competency.gap_units_now() n left join competency.gap_units g on g.unit_id = n.unit_id
	where g.unit_id is null or g.day <> ${dayOf(at)}::date or g.counted_at > ${at} or (g.changes, g.last_change) <> (n.changes, n.last_change)`;

/**
 * Counts anew what is not right any more in `gap_units` and `gap_cells`: nothing most of the time, one unit after a
 * rating, everything on a new day (the daily job is there first). What was counted with is taken in the same statement,
 * so that a rating which comes in meanwhile leaves the figures stale and not wrong.
 */
export async function freshenGapCells(db: Db, at: Date): Promise<void> {
	const { rows } = await sql<{ unit_id: string }>`${stale(at)}`.execute(db);
	if (rows.length === 0) return;
	const ids = rows.map((row) => row.unit_id);
	const within = sql`c.active and coalesce(c.unit_id, ${NOWHERE}) = any(${ids}::uuid[])`;
	// the index of a few units, the whole table for many: an expression over the column would have neither
	const few = sql`c.active and c.unit_id = any(${ids}::uuid[])`;
	const run = newId(at.getTime());
	await sql`
		with ${measured(at, ids.includes(NOWHERE) ? within : few)},
		officers as (select coalesce(unit_id, ${NOWHERE}) as unit_id, count(*)::int as officers from persons group by 1),
		each as (select coalesce(unit_id, ${NOWHERE}) as unit_id, officer_id, max(gap) as largest from measured group by 1, 2),
		anything as (
			select coalesce(unit_id, ${NOWHERE}) as unit_id, count(*)::int as asked from persons p
			where exists (select 1 from standards_of s where s.post_key = p.post_key and s.rung_key = p.rung_key) group by 1),
		known as (select unit_id, count(*)::int as assessed, count(*) filter (where largest > 0)::int as with_gap from each group by unit_id),
		found as (
			select unit_id, competency_id, count(*)::int as assessed, count(*) filter (where gap > 0)::int as with_gap, sum(gap)::int as levels_short
			from measured group by unit_id, competency_id),
		cells as (
			insert into competency.gap_cells (run, unit_id, competency_id, people, assessed, with_gap, levels_short)
			select ${run}, coalesce(e.unit_id, ${NOWHERE}), e.competency_id, e.people, coalesce(f.assessed, 0), coalesce(f.with_gap, 0), coalesce(f.levels_short, 0)
			from expected e left join found f on f.unit_id is not distinct from e.unit_id and f.competency_id = e.competency_id)
		insert into competency.gap_units (unit_id, run, day, counted_at, changes, last_change, officers, asked, assessed, with_gap)
		select n.unit_id, ${run}, ${dayOf(at)}::date, ${at}, n.changes, n.last_change, coalesce(o.officers, 0), coalesce(a.asked, 0), coalesce(k.assessed, 0), coalesce(k.with_gap, 0)
		from competency.gap_units_now() n left join officers o using (unit_id) left join anything a using (unit_id) left join known k using (unit_id)
		where n.unit_id = any(${ids}::uuid[])
		on conflict (unit_id) do update set (run, day, counted_at, changes, last_change, officers, asked, assessed, with_gap)
			= (excluded.run, excluded.day, excluded.counted_at, excluded.changes, excluded.last_change, excluded.officers, excluded.asked, excluded.assessed, excluded.with_gap)`.execute(
		db
	);
	await sql`delete from competency.gap_cells c using competency.gap_units g
		where g.unit_id = c.unit_id and c.unit_id = any(${ids}::uuid[]) and c.run <> g.run`.execute(db);
}

/**
 * Common table expressions over fresh cells: `places` (`unit_id, part_id`: each unit with the deepest of the parts that
 * holds it), and `everybody` (`part_id, officers, asked, assessed, with_gap`) and `cells` (`part_id, competency_id, people,
 * assessed, with_gap, levels_short`), added up for each part.
 */
export const cellsOf = (parts: { id: string }[]): RawBuilder<unknown> => sql`
	parts as materialized (select id, path from people.current_units where id = any(${parts.map((part) => part.id)}::uuid[])),
	places as materialized (
		select distinct on (u.id) u.id as unit_id, p.id as part_id from people.current_units u
		join (select distinct nlevel(path) as depth from parts) floors on nlevel(u.path) >= floors.depth
		join parts p on p.path = subpath(u.path, 0, floors.depth)
		order by u.id, floors.depth desc),
	everybody as materialized (
		select part_id, sum(officers)::int as officers, sum(asked)::int as asked, sum(assessed)::int as assessed, sum(with_gap)::int as with_gap
		from competency.gap_units join places using (unit_id) group by part_id),
	cells as materialized (
		select part_id, competency_id, sum(c.people)::int as people, sum(c.assessed)::int as assessed, sum(c.with_gap)::int as with_gap,
			sum(c.levels_short)::int as levels_short
		from places join competency.gap_units g using (unit_id) join competency.gap_cells c using (unit_id, run) group by part_id, competency_id)`;

/** Once a day, before anybody asks: forgets the changes that are counted, and counts the new day. */
export async function countGapsOfDay(db: Db, at: Date): Promise<void> {
	await sql`delete from competency.gap_units`.execute(db);
	await sql`delete from competency.gap_cells`.execute(db);
	await sql`delete from competency.gap_changes`.execute(db);
	await freshenGapCells(db, at);
	await sql`analyze competency.gap_units, competency.gap_cells, competency.gap_changes`.execute(db);
}
