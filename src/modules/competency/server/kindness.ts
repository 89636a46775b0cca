import { sql } from 'kysely';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { BELIEVED_BY_HALF, FEWEST_OFFICERS, type Kindness } from '../sources.ts';

/**
 * The set-based twin of `kindness` in `sources.ts`: the habit of each of these accounts as superiors, by account; those
 * with fewer than five officers are missing. Reads the newest valid rating of each source. No check of access.
 */
export async function kindnessOf(db: Db, at: Date, accountIds: string[]): Promise<Map<string, Kindness>> {
	if (accountIds.length === 0) return new Map();
	const day = dayOf(at);
	const { rows } = await sql<{ account: string; officers: number; pairs: number; difference: number }>`
		with own as materialized (
			select distinct on (rated_by, officer_id, competency_id) rated_by, officer_id, competency_id, coalesce(mean, level)::float8 as value
			from competency.ratings where source = 'superior' and rated_by = any(${accountIds}::uuid[])
				and rated_at <= ${at} and (valid_until is null or valid_until >= ${day})
			order by rated_by, officer_id, competency_id, rated_at desc, id desc),
		newest as materialized (
			select distinct on (r.officer_id, r.competency_id, r.source) r.officer_id, r.competency_id, coalesce(r.mean, r.level)::float8 as value
			from competency.ratings r
			where r.officer_id in (select officer_id from own) and r.source not in ('superior', 'self')
				and r.rated_at <= ${at} and (r.valid_until is null or r.valid_until >= ${day})
			order by r.officer_id, r.competency_id, r.source, r.rated_at desc, r.id desc),
		pairs as (
			select own.rated_by, own.officer_id, own.value - avg(newest.value) as difference
			from own join newest using (officer_id, competency_id) group by own.rated_by, own.officer_id, own.competency_id, own.value),
		officers as (select rated_by, officer_id, count(*) as pairs, avg(difference) as difference from pairs group by rated_by, officer_id)
		select rated_by as account, count(*)::int as officers, sum(pairs)::int as pairs, avg(difference) as difference
		from officers group by rated_by having count(*) >= ${FEWEST_OFFICERS}`.execute(db);
	return new Map(
		rows.map(({ account, officers, pairs, difference }) => [
			account,
			{ officers, pairs, difference, shrunk: (difference * officers) / (officers + BELIEVED_BY_HALF) }
		])
	);
}
