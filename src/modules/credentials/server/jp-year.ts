import { sql } from 'kysely';
import { visibleOfficers, withinThen } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { jpTarget } from './jp-rules.ts';
import { JP_READERS } from './summary.ts';

export interface JpYearRow {
	/** Null for officers whose unit had no OPD that day. */
	opdId: string | null;
	opdName: string | null;
	/** PNS and CPNS whose post was there on the report's day. */
	officers: number;
	reached: number;
	/** Credited JP of the year a person, 0 included. */
	mean: number;
}

export interface JpYearReport {
	year: number;
	/** The day whose tree and posts count: 31 December, or today in a year that runs. */
	day: string;
	/** The floor in force on that day, in JP; undefined where no rule was. */
	target: number | undefined;
	rows: JpYearRow[];
	officers: number;
	reached: number;
	/** True where the tree of that day was not recorded and the oldest known one stands in. */
	assumed: boolean;
}

/** The years with a credited hour, the newest first, and always this one. */
export async function jpYears(db: Db, at: Date): Promise<number[]> {
	const { rows } = await sql<{
		first: number | null;
	}>`select extract(year from min(earned_on))::int as first from credentials.jp_entries where earned_on <= ${dayOf(at)}`.execute(db);
	const now = Number(dayOf(at).slice(0, 4));
	return Array.from({ length: now - Math.min(now, rows[0]?.first ?? now) + 1 }, (_, back) => now - back);
}

/**
 * Who reached the floor in a calendar year, per OPD of the tree of that year; a later reorganisation or transfer does
 * not move it. Only what then hung under the reader's units.
 * @throws NotFound for a year that has not begun or lies before 2000
 */
export async function jpOfYear(db: Db, actor: Actor, at: Date, year: number): Promise<JpYearReport> {
	const today = dayOf(at);
	if (!Number.isInteger(year) || year < 2000 || year > Number(today.slice(0, 4))) throw new NotFound('year');
	const day = `${year}-12-31` < today ? `${year}-12-31` : today;
	const target = (await jpTarget(db, 'PNS', day))?.jp ?? undefined;
	const persons =
		day === today
			? sql`select c.id as officer_id, c.opd_id, c.opd_name, false as assumed from people.officer_cards c
				where c.active and c.employment_kind in ('PNS', 'CPNS') and ${visibleOfficers(actor, ...JP_READERS)}`
			: sql`select p.officer_id, p.opd_id, p.opd_name, p.assumed from people.placements_on(${day}::date) p
				where p.number_kind = 'NIP' and ${withinThen(sql.ref('p.unit_path'), actor, ...JP_READERS)}`;
	const { rows } = await sql<JpYearRow & { assumed: boolean }>`
		with persons as materialized (${persons}),
		earned as materialized (
			select officer_id, sum(jp) as jp from credentials.jp_entries where earned_on between ${`${year}-01-01`} and ${`${year}-12-31`} group by officer_id)
		select p.opd_id as "opdId", p.opd_name as "opdName", count(*)::int as officers,
			count(*) filter (where e.jp >= ${target ?? null}::numeric)::int as reached, avg(coalesce(e.jp, 0))::float8 as mean, bool_or(p.assumed) as assumed
		from persons p left join earned e using (officer_id) group by p.opd_id, p.opd_name order by p.opd_name nulls last, p.opd_id`.execute(db);
	return {
		year,
		day,
		target,
		rows: rows.map(({ assumed: _, ...row }) => row),
		officers: rows.reduce((sum, row) => sum + row.officers, 0),
		reached: rows.reduce((sum, row) => sum + row.reached, 0),
		assumed: rows.some((row) => row.assumed)
	};
}
