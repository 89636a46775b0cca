/** Figures of units at ends of past quarters, kept until something is said about a day before them (decision 0006). */
import { sql } from 'kysely';
import { dayOf } from '#platform/clock.ts';
import { inTransaction, type Db } from '#platform/database/connection.ts';
import { periodEnds, type Moment } from '../moments.ts';
import { gapsThen } from './levels.ts';

/** Ends of quarters that a trend shows, with today as the last. */
export const trendMoments = (at: Date): Moment[] => periodEnds(at, dayOf(at), 3, 8);

/** What stands for any competency in `past_figures`. */
const ANY = '00000000-0000-0000-0000-000000000000';

/** Counts the ends of quarters that are not kept or do not hold any more, each in its own transaction. */
export async function keepPastFigures(db: Db, at: Date): Promise<void> {
	const whole = (work: (db: Db) => Promise<void>) => (db.isTransaction ? work(db) : inTransaction(db, work));
	await whole(forgetChanges);
	const past = trendMoments(at).slice(0, -1);
	for (const moment of past) await whole((transaction) => keepMoment(transaction, moment));
	await sql`delete from competency.past_days where day <> all(${past.map(({ day }) => day)}::date[])`.execute(db);
}

// one keeps them at a time; pages do not wait
const alone = sql`select pg_advisory_xact_lock(hashtext('competency.past_days'))`;

/** Days that do not hold go with the changes that ended them; those that hold do so without any change. */
async function forgetChanges(db: Db): Promise<void> {
	await alone.execute(db);
	await sql`
		with gone as (delete from competency.past_changes returning id, first_day),
			sums as (
				select d.day, (d.changes, d.last_change) = (count(g.id), coalesce(max(g.id), 0)) as holds
				from competency.past_days d left join gone g on g.first_day <= d.day group by d.day),
			ended as (delete from competency.past_days d using sums s where s.day = d.day and not s.holds)
		update competency.past_days d set changes = 0, last_change = 0 from sums s where s.day = d.day and s.holds`.execute(db);
}

/**
 * What has changed is read before the facts are: a rating that comes in meanwhile leaves the figures out of date and not
 * wrong.
 */
async function keepMoment(db: Db, { day, at }: Moment): Promise<void> {
	await alone.execute(db);
	if ((await keptDays(db, [day])).length > 0) return;
	await sql`delete from competency.past_days where day = ${day}`.execute(db);
	await sql`insert into competency.past_days (day, changes, last_change)
		select ${day}, count(*), coalesce(max(id), 0) from competency.past_changes where first_day <= ${day}`.execute(db);
	await sql`
		with ${gapsThen(at)},
			own as (
				select unit_id, competency_id, count(*) as people, count(gap) as assessed, count(*) filter (where gap > 0) as with_gap
				from gaps group by unit_id, competency_id
				union all
				select unit_id, ${ANY}::uuid, count(*), count(largest), count(*) filter (where largest > 0)
				from (select unit_id, officer_id, max(gap) as largest from gaps group by unit_id, officer_id) each group by unit_id),
			places as (
				select unit_id, string_to_array(path::text, '.') as labels from people.unit_versions
				where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}))
		insert into competency.past_figures (day, unit_id, competency_id, people, assessed, with_gap)
		select ${day}, above.unit_id, own.competency_id, sum(own.people), sum(own.assessed), sum(own.with_gap)
		from own join places p using (unit_id) cross join lateral unnest(p.labels) as step(label)
		join places above on above.labels[cardinality(above.labels)] = step.label
		group by above.unit_id, own.competency_id`.execute(db);
}

/** On alias `d` of `past_days`. */
const HOLDS = sql`(d.changes, d.last_change)
	= (select count(*)::int, coalesce(max(c.id), 0) from competency.past_changes c where c.first_day <= d.day)`;

async function keptDays(db: Db, days: string[]): Promise<string[]> {
	const { rows } = await sql<{
		day: string;
	}>`select d.day from competency.past_days d where d.day = any(${days}::date[]) and ${HOLDS}`.execute(db);
	return rows.map(({ day }) => day);
}

export interface PastFigures {
	/** Null where the unit was not there. */
	path: string | null;
	people: number;
	assessed: number;
	withGap: number;
}

/** Of units with all that was below them then. @returns by day, of the days that are kept; by unit id */
export async function pastFigures(
	db: Db,
	days: string[],
	unitIds: string[],
	competencyId: string | undefined
): Promise<Map<string, Map<string, PastFigures>>> {
	const { rows } = await sql<{ day: string; unit_id: string; path: string | null; people: number; assessed: number; with_gap: number }>`
		select d.day, u.unit_id, v.path::text, coalesce(f.people, 0) as people, coalesce(f.assessed, 0) as assessed, coalesce(f.with_gap, 0) as with_gap
		from competency.past_days d cross join unnest(${unitIds}::uuid[]) as u(unit_id)
		left join people.unit_versions v on v.unit_id = u.unit_id and v.valid_from <= d.day and (v.valid_to is null or v.valid_to >= d.day)
		left join competency.past_figures f on (f.unit_id, f.competency_id, f.day) = (u.unit_id, ${competencyId ?? ANY}, d.day)
		where d.day = any(${days}::date[]) and ${HOLDS}`.execute(db);
	const found = new Map<string, Map<string, PastFigures>>();
	for (const { day, unit_id, path, people, assessed, with_gap } of rows) {
		const ofDay = found.get(day) ?? new Map<string, PastFigures>();
		found.set(day, ofDay.set(unit_id, { path, people, assessed, withGap: with_gap }));
	}
	return found;
}
