import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Moment } from '../moments.ts';
import { hiddenCells } from '../rules.ts';
import { mayReadPersons } from './access.ts';
import { figuresOf, freshenGaps } from './kept-gaps.ts';
import { heldUntil } from './levels.ts';
import type { UnitRow } from './opened-unit.ts';
import { pastFigures, type PastFigures } from './past-figures.ts';

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

type Tally = Pick<Figures, 'people' | 'assessed' | 'withGap'>;
type Place = Pick<UnitRow, 'id' | 'path'>;
const NOBODY: Tally = { people: 0, assessed: 0, withGap: 0 };

/**
 * Figures of parts of the tree at past moments: officers, tree, standards and ratings as they were in force then, by what
 * is known today. A unit counts for the deepest part that held it. Who has left the service is counted until then. What
 * only a few people stand behind is hidden from those who may not see the persons, column by column, as on the gap map.
 * Moments that are kept are read, the others counted.
 * @returns by part id, one entry a moment
 */
export async function figuresAt(
	db: Db,
	actor: Actor,
	moments: Moment[],
	parts: Place[],
	competencyId?: string
): Promise<Map<string, Figures[]>> {
	const ids = parts.map(({ id }) => id);
	const days = moments.map(({ day }) => day);
	const kept = await pastFigures(db, days, ids, competencyId);
	const missing = moments.filter(({ day }) => !kept.has(day));
	const counted = missing.length > 0 ? await countedAt(db, missing, parts, competencyId) : new Map<string, Map<string, Tally>>();
	for (const [day, whole] of kept) counted.set(day, apart(whole));
	const found = new Map(ids.map((id) => [id, days.map((day) => ({ ...(counted.get(day)!.get(id) ?? NOBODY), hidden: false }))]));
	const unseen = parts.filter((part) => !mayReadPersons(actor, part.path)).map((part) => found.get(part.id)!);
	for (const n of moments.keys()) hideFew(unseen.map((figures) => figures[n]!));
	return found;
}

const labelOf = (path: string): string => path.split('.').at(-1)!;

/** Of each part without what counts for parts that hung below it then. */
function apart(whole: Map<string, PastFigures>): Map<string, Tally> {
	const own = new Map([...whole].map(([id, { people, assessed, withGap }]) => [id, { people, assessed, withGap }]));
	const labels = new Map([...whole].flatMap(([id, { path }]) => (path === null ? [] : [[labelOf(path), id] as const])));
	for (const { path, people, assessed, withGap } of whole.values()) {
		const above = path
			?.split('.')
			.slice(0, -1)
			.findLast((label) => labels.has(label));
		const rest = above === undefined ? undefined : own.get(labels.get(above)!)!;
		if (rest) Object.assign(rest, { people: rest.people - people, assessed: rest.assessed - assessed, withGap: rest.withGap - withGap });
	}
	return own;
}

/** By day and part id, in one pass, whether or not they are kept. */
export async function countedAt(
	db: Db,
	moments: Moment[],
	parts: Place[],
	competencyId: string | undefined
): Promise<Map<string, Map<string, Tally>>> {
	const { rows } = await sql<{ n: number; part_id: string; people: number; assessed: number; with_gap: number }>`
		with ${tallies(moments, parts, competencyId)}
		select t.n, place.part_id, sum(t.people)::int as people, sum(t.assessed)::int as assessed, sum(t.with_gap)::int as with_gap
		from tallies e cross join lateral (values ${list(moments, (n) => sql`(${n}, people_${n}, assessed_${n}, with_gap_${n})`)}) as t(n, people, assessed, with_gap)
		join points on points.n = t.n and e.valid_from <= points.day and points.day <= e.valid_to
		join places place on place.n = t.n and place.unit_id = e.unit_id
		group by t.n, place.part_id`.execute(db);
	const found = new Map(moments.map(({ day }) => [day, new Map<string, Tally>()]));
	for (const { n, part_id, people, assessed, with_gap } of rows)
		found.get(moments[n - 1]!.day)!.set(part_id, { people, assessed, withGap: with_gap });
	return found;
}

/** The same of today out of the kept figures, of the parts of a unit and of the unit itself without them. */
export async function figuresNow(
	db: Db,
	actor: Actor,
	at: Date,
	unit: Place | undefined,
	parts: Place[],
	competencyId?: string
): Promise<Map<string, Figures>> {
	await freshenGaps(db, at);
	const { rows } = await sql<{ unit_id: string; people: number; assessed: number; with_gap: number }>`${
		competencyId === undefined
			? sql`select g.unit_id, g.asked as people, g.assessed, g.with_gap from competency.gap_units g where ${figuresOf(parts, unit)}`
			: sql`select g.unit_id, g.people, g.assessed, g.with_gap from competency.gap_cells g where ${figuresOf(parts, unit)} and g.competency_id = ${competencyId}`
	}`.execute(db);
	const all = unit ? [...parts, unit] : parts;
	const found = new Map(all.map((part) => [part.id, { people: 0, assessed: 0, withGap: 0, hidden: false }]));
	for (const row of rows) Object.assign(found.get(row.unit_id)!, { people: row.people, assessed: row.assessed, withGap: row.with_gap });
	hideFew(all.filter((part) => !mayReadPersons(actor, part.path)).map((part) => found.get(part.id)!));
	return found;
}

/** Blanks the figures of a few people in one column. */
function hideFew(column: Figures[]): void {
	for (const index of hiddenCells(column.map((cell) => cell.assessed)))
		Object.assign(column[index]!, { assessed: 0, withGap: 0, hidden: true });
}

/** One piece of SQL a moment, numbered from 1. */
const list = (moments: Moment[], piece: (n: RawBuilder<unknown>, moment: Moment) => RawBuilder<unknown>): RawBuilder<unknown> =>
	sql.join(moments.map((moment, index) => piece(sql.raw(String(index + 1)), moment)));

/**
 * Common table expressions that end in `tallies`, one row a unit and period of assignment, with `people_n`, `assessed_n`
 * and `with_gap_n` for each moment. Moments stand side by side as columns, so that every table is read once, however many
 * there are. The rating that counts is the one of `rules.ts`, packed into a number: strength, then time, then level
 * (two of one source in one millisecond count the higher).
 */
function tallies(moments: Moment[], parts: Place[], competencyId: string | undefined): RawBuilder<unknown> {
	const one = competencyId === undefined ? sql`` : sql`and competency_id = ${competencyId}::uuid`;
	const [first, last] = [moments[0]!.day, moments.at(-1)!.day];
	return sql`
		points as materialized (
			select n::int, day from unnest(${moments.map(({ day }) => day)}::date[]) with ordinality as t(day, n)),
		parts as materialized (
			select * from unnest(${parts.map(({ id }) => id)}::uuid[], ${parts.map(({ path }) => labelOf(path))}::text[]) as t(id, label)),
		places as materialized (
			select distinct on (points.n, v.unit_id) points.n, v.unit_id, parts.id as part_id
			from points join people.unit_versions v on v.valid_from <= points.day and (v.valid_to is null or v.valid_to >= points.day)
			cross join lateral unnest(string_to_array(v.path::text, '.')) with ordinality as step(label, depth)
			join parts on parts.label = step.label
			order by points.n, v.unit_id, step.depth desc),
		seats as materialized (
			select p.officer_id, p.unit_id, coalesce(p.post_ref, '') as post_ref, p.rung, p.valid_from, ${heldUntil} as valid_to
			from people.post_assignments p join people.officers o on o.id = p.officer_id
			where p.unit_id in (select unit_id from places) and p.valid_from <= ${last}::date and ${heldUntil} >= ${first}::date),
		in_force as materialized (
			select n, post_ref, rung, competency_id, level from (
				select distinct on (points.n, post_ref, rung, competency_id) points.n, points.day, post_ref, rung, competency_id, level, valid_to
				from points join competency.standards on valid_from <= points.day ${one}
				order by points.n, post_ref, rung, competency_id, valid_from desc) newest
			where valid_to is null or valid_to >= day),
		kinds as materialized (select distinct post_ref, rung from seats),
		by_moment as materialized (
			select post_ref, rung, competency_id, n, coalesce(max(own), max(common)) as level from (
				select k.post_ref, k.rung, s.competency_id, s.n, s.level as own, null::int as common from kinds k join in_force s on s.post_ref = k.post_ref
				union all
				select k.post_ref, k.rung, s.competency_id, s.n, null, s.level from kinds k join in_force s on s.rung = k.rung) either
			group by post_ref, rung, competency_id, n),
		asked as materialized (
			select post_ref, rung, competency_id, ${list(moments, (n) => sql`max(level) filter (where n = ${n}) as asked_${n}`)}
			from by_moment group by post_ref, rung, competency_id),
		rated as materialized (
			select officer_id, competency_id,
				${list(moments, (n, { at, day }) => sql`max(code) filter (where rated_at <= ${at} and valid_until >= ${day}::date) % 10 as level_${n}`)}
			from (
				select officer_id, competency_id, rated_at, coalesce(valid_until, 'infinity') as valid_until,
					strength * 100000000000000 + (date_part('epoch', rated_at) * 1000)::bigint * 10 + level as code
				from competency.ratings where officer_id in (select officer_id from seats) ${one}) r
			group by officer_id, competency_id),
		each as (
			select s.officer_id, s.unit_id, s.valid_from, s.valid_to, ${list(
				moments,
				(n) => sql`bool_or(asked_${n} is not null) as asked_${n}, bool_or(asked_${n} is not null and level_${n} is not null) as known_${n},
					bool_or(level_${n} < asked_${n}) as short_${n}`
			)}
			from seats s join asked a using (post_ref, rung) left join rated r using (officer_id, competency_id)
			group by s.officer_id, s.unit_id, s.valid_from, s.valid_to),
		tallies as materialized (
			select unit_id, valid_from, valid_to, ${list(
				moments,
				(n) => sql`count(*) filter (where asked_${n}) as people_${n}, count(*) filter (where known_${n}) as assessed_${n},
					count(*) filter (where short_${n}) as with_gap_${n}`
			)}
			from each group by unit_id, valid_from, valid_to)`;
}
