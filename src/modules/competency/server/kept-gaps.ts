/** Gaps by officer and by unit, kept beside the facts (decision 0006): they follow from these alone. */
import { sql, type RawBuilder } from 'kysely';
import { dayOf } from '#platform/clock.ts';
import { inTransaction, type Db } from '#platform/database/connection.ts';
import { gaps } from './levels.ts';

/** Officers without a unit stand under this one. */
export const NOWHERE = '00000000-0000-0000-0000-000000000000';
/** What stands for the tree of units among the units that are to be counted anew. */
const TREE = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Units counted at once, as after an import or on a new day. */
const MANY = 100;

interface Changes {
	changes: number;
	last_change: number;
}

/**
 * Counts anew what is not right any more: nothing most of the time, one unit after a rating, everything on a new day
 * (the daily job is there first). Whatever is valid on the day of `at` counts. One counts at a time, others wait for it.
 */
export async function freshenGaps(db: Db, at: Date): Promise<void> {
	if (await holds(db, at)) return;
	if (!db.isTransaction) return inTransaction(db, (own) => freshenGaps(own, at));
	await sql`select 1 from competency.gap_state for update`.execute(db);
	if (!(await holds(db, at))) await count(db, at);
}

/** Once a day, before anybody asks: forgets the changes that are counted, and counts the new day. */
export async function countGapsOfDay(db: Db, at: Date): Promise<void> {
	await sql`select 1 from competency.gap_state for update`.execute(db);
	await sql`delete from competency.gap_changes`.execute(db);
	await sql`delete from competency.gap_counted`.execute(db);
	await count(db, at);
}

const sum = sql`select count(*)::int as changes, coalesce(max(id), 0) as last_change from competency.gap_changes`;

async function holds(db: Db, at: Date): Promise<boolean> {
	const { rows } = await sql`select 1 from competency.gap_state s, (${sum}) c
		where s.day = ${dayOf(at)}::date and (s.changes, s.last_change) = (c.changes, c.last_change)`.execute(db);
	return rows.length > 0;
}

/**
 * What has changed is read before the facts are: a rating that comes in meanwhile leaves the figures stale and not wrong.
 */
async function count(db: Db, at: Date): Promise<void> {
	const { rows: sums } = await sql<Changes>`${sum}`.execute(db);
	const { rows: stale } = await sql<Changes & { id: string }>`
		with every as (select count(*)::int as changes, coalesce(max(id), 0) as last_change from competency.gap_changes where unit_id is null),
			own as (select unit_id as id, count(*)::int as changes, max(id) as last_change from competency.gap_changes group by unit_id),
			places as (select id from people.units union all select unnest(${[NOWHERE, TREE]}::uuid[])),
			now as (
				select id, every.changes + coalesce(own.changes, 0) as changes, greatest(every.last_change, own.last_change) as last_change
				from places cross join every left join own using (id))
		select now.* from now cross join competency.gap_state s left join competency.gap_counted g on g.unit_id = now.id
		where s.day is distinct from ${dayOf(at)}::date or (now.changes, now.last_change) is distinct from (g.changes, g.last_change)`.execute(db);
	const units = stale.map(({ id }) => id).filter((id) => id !== TREE);
	if (units.length > 0) {
		await countOfficers(db, at, units);
		await countUnits(db, units);
	}
	if (stale.length > 0) await addUp(db, stale.length > units.length ? undefined : units);
	await sql`insert into competency.gap_counted (unit_id, changes, last_change)
		select * from unnest(${stale.map(({ id }) => id)}::uuid[], ${stale.map(({ changes }) => changes)}::int[], ${stale.map(({ last_change }) => last_change)}::bigint[])
		on conflict (unit_id) do update set (changes, last_change) = (excluded.changes, excluded.last_change)`.execute(db);
	const { changes, last_change } = sums[0]!;
	await sql`update competency.gap_state set day = ${dayOf(at)}, changes = ${changes}, last_change = ${last_change}`.execute(db);
	// the database would reckon with what was there before for a minute, and read a province person by person
	if (units.length >= MANY)
		await sql`analyze competency.gap_units, competency.gap_cells, competency.gap_changes, competency.officer_gaps`.execute(db);
}

/** Rows of officers who stand in these units, and of those who stood there; what has not changed is not written. */
async function countOfficers(db: Db, at: Date, units: string[]): Promise<void> {
	// the index of a few units, the whole table for many: an expression over the column would have neither
	const within = units.includes(NOWHERE)
		? sql`coalesce(c.unit_id, ${NOWHERE}) = any(${units}::uuid[])`
		: sql`c.unit_id = any(${units}::uuid[])`;
	const columns = sql`unit_id, competency_id, officer_id, required, actual, gap, rated_on, rating_id`;
	const endOfDay = new Date(`${dayOf(at)}T23:59:59.999+07:00`);
	await sql`
		with ${gaps(endOfDay, sql`c.active and ${within}`)},
		found as (select coalesce(unit_id, ${NOWHERE}) as unit_id, competency_id, officer_id, required, actual, gap, rated_on, rating_id from gaps),
		gone as (
			delete from competency.officer_gaps o where o.unit_id = any(${units}::uuid[])
				and not exists (select 1 from found f where (f.unit_id, f.competency_id, f.officer_id) = (o.unit_id, o.competency_id, o.officer_id))),
		changed as (
			select f.* from found f left join competency.officer_gaps o using (unit_id, competency_id, officer_id)
			where (o.required, o.actual, o.rating_id) is distinct from (f.required, f.actual, f.rating_id))
		insert into competency.officer_gaps (${columns}) select ${columns} from changed order by unit_id, competency_id, officer_id
		on conflict (unit_id, competency_id, officer_id)
		do update set (required, actual, gap, rated_on, rating_id) =
			(excluded.required, excluded.actual, excluded.gap, excluded.rated_on, excluded.rating_id)`.execute(db);
}

/** Figures of the units themselves, from the rows of their officers. */
async function countUnits(db: Db, units: string[]): Promise<void> {
	await sql`delete from competency.gap_cells where unit_id = any(${units}::uuid[]) and not whole`.execute(db);
	await sql`delete from competency.gap_units where unit_id = any(${units}::uuid[]) and not whole`.execute(db);
	await sql`insert into competency.gap_cells (unit_id, whole, competency_id, people, assessed, with_gap, levels_short)
		select unit_id, false, competency_id, count(*), count(gap), count(*) filter (where gap > 0), coalesce(sum(gap), 0)
		from competency.officer_gaps where unit_id = any(${units}::uuid[]) group by unit_id, competency_id`.execute(db);
	await sql`insert into competency.gap_units (unit_id, whole, officers, asked, assessed, with_gap)
		with officers as (
				select coalesce(unit_id, ${NOWHERE}) as unit_id, count(*) as officers from people.officer_cards where active group by 1),
			each as (select unit_id, officer_id, max(gap) as largest from competency.officer_gaps where unit_id = any(${units}::uuid[]) group by unit_id, officer_id),
			asked as (
				select unit_id, count(*) as asked, count(largest) as assessed, count(*) filter (where largest > 0) as with_gap from each group by unit_id)
		select unit_id, false, coalesce(officers, 0), coalesce(asked, 0), coalesce(assessed, 0), coalesce(with_gap, 0)
		from unnest(${units}::uuid[]) as t(unit_id) left join officers using (unit_id) left join asked using (unit_id)`.execute(db);
}

/** Figures of units with all below them: of those above the given units, or of the whole tree. */
async function addUp(db: Db, units: string[] | undefined): Promise<void> {
	const { rows } = await sql<{ id: string }>`select a.id from people.current_units a where ${
		units ? sql`exists (select 1 from people.current_units u where u.path <@ a.path and u.id = any(${units}::uuid[]))` : sql`true`
	}`.execute(db);
	const above = rows.map(({ id }) => id);
	const gone = units ? sql`whole and unit_id = any(${above}::uuid[])` : sql`whole`;
	const below = sql`people.current_units a join people.current_units u on u.path <@ a.path and a.id = any(${above}::uuid[])`;
	await sql`delete from competency.gap_cells where ${gone}`.execute(db);
	await sql`delete from competency.gap_units where ${gone}`.execute(db);
	await sql`insert into competency.gap_cells (unit_id, whole, competency_id, people, assessed, with_gap, levels_short)
		select a.id, true, c.competency_id, sum(c.people), sum(c.assessed), sum(c.with_gap), sum(c.levels_short)
		from ${below} join competency.gap_cells c on c.unit_id = u.id and not c.whole group by a.id, c.competency_id`.execute(db);
	await sql`insert into competency.gap_units (unit_id, whole, officers, asked, assessed, with_gap)
		select a.id, true, sum(g.officers), sum(g.asked), sum(g.assessed), sum(g.with_gap)
		from ${below} join competency.gap_units g on g.unit_id = u.id and not g.whole group by a.id`.execute(db);
}

/**
 * Condition for `gap_units` and `gap_cells` under the alias `g`: the parts of a unit with all below them, and the
 * unit itself without.
 */
export const figuresOf = (parts: { id: string }[], unit: { id: string } | undefined): RawBuilder<unknown> =>
	sql`(g.unit_id = any(${parts.map(({ id }) => id)}::uuid[]) and g.whole or g.unit_id = ${unit?.id ?? null}::uuid and not g.whole)`;
