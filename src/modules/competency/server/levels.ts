import { sql, type RawBuilder } from 'kysely';
import { dayOf } from '#platform/clock.ts';

/**
 * The set-based twin of `rules.ts`: common table expressions that end in `levels`, one row per officer of the scope
 * and competency with a standard or a valid rating: `officer_id, competency_id, required, required_basis`
 * ('post' | 'rung'), `standard_id, actual, rating_id, gap`. `actual` and `gap` are null
 * where nobody rated. Put after `with`, before the query that reads `levels`.
 * Steps are materialized where a planner that expects few rows would read them again per row of what they are joined with.
 * @param scope condition on alias `c` of `people.officer_cards`
 */
export function levels(at: Date, scope: RawBuilder<unknown>, competencyId?: string): RawBuilder<unknown> {
	return sql`
		${askedAndCounted(at, holdersNow(scope), competencyId)},
		asked as materialized (
			select p.id as officer_id, a.competency_id, a.level, a.basis, a.standard_id from persons p join standards_of a using (post_key, rung_key)),
		levels as materialized (
			select officer_id, competency_id, asked.level as required, asked.basis as required_basis, asked.standard_id,
				counted.level as actual, counted.id as rating_id,
				-- greatest() passes over nulls and would make an unknown level a gap of 0
				case when asked.level is not null and counted.level is not null then greatest(0, asked.level - counted.level) end as gap
			from asked full join counted using (officer_id, competency_id))`;
}

/**
 * The same without what is held and not asked, for many: ends in `gaps`, one row per officer and competency asked
 * (`unit_id, officer_id, competency_id, required, actual, gap, rated_on, rating_id`), which nothing keeps on its way.
 */
export const gaps = (at: Date, scope: RawBuilder<unknown>): RawBuilder<unknown> => gapsOf(at, holdersNow(scope));

/** As `gaps`, of whoever held a post on that day. */
export const gapsThen = (at: Date): RawBuilder<unknown> => gapsOf(at, holdersOn(dayOf(at)));

function gapsOf(at: Date, holders: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`
		${askedAndCounted(at, holders, undefined)},
		gaps as (
			select p.unit_id, p.id as officer_id, a.competency_id, a.level as required, c.level as actual, c.id as rating_id,
				(c.rated_at at time zone 'Asia/Jakarta')::date as rated_on,
				-- greatest() passes over nulls
				case when c.level is not null then greatest(0, a.level - c.level) end as gap
			from persons p join standards_of a using (post_key, rung_key)
			left join counted c on c.officer_id = p.id and c.competency_id = a.competency_id)`;
}

/** Officers with their post, of the cards. @param scope condition on alias `c` of `people.officer_cards` */
const holdersNow = (scope: RawBuilder<unknown>): RawBuilder<unknown> => sql`
	select c.id, coalesce(c.post_ref, '') as post_key, coalesce(c.rung, '') as rung_key, c.unit_id from people.officer_cards c where ${scope}`;

/** The same of a past day, whoever has left the service since. */
const holdersOn = (day: string): RawBuilder<unknown> => sql`
	select p.officer_id as id, coalesce(p.post_ref, '') as post_key, p.rung as rung_key, p.unit_id
	from people.post_assignments p join people.officers o on o.id = p.officer_id
	where p.valid_from <= ${day} and ${heldUntil} >= ${day}`;

/** Last day on which the post `p` was held by the officer `o`: who left did so on a known day, or on none that counts. */
export const heldUntil = sql`coalesce(p.valid_to, case when o.active then 'infinity'::date else coalesce(o.left_on - 1, '-infinity') end)`;

/**
 * Ends in `persons`, `standards_of` (a kind of post and what is asked of it) and `counted` (the rating that counts).
 * @param holders `id, post_key, rung_key, unit_id`
 */
function askedAndCounted(at: Date, holders: RawBuilder<unknown>, competencyId: string | undefined): RawBuilder<unknown> {
	const day = dayOf(at);
	const one = competencyId === undefined ? sql`` : sql`and competency_id = ${competencyId}::uuid`;
	return sql`
		persons as materialized (${holders}),
		in_force as materialized (
			select * from (
				select distinct on (post_ref, rung, competency_id) id, post_ref, rung, competency_id, level, valid_to from competency.standards
				where valid_from <= ${day} ${one} order by post_ref, rung, competency_id, valid_from desc) newest
			where valid_to is null or valid_to >= ${day}),
		-- thousands hold a post of the same kind: what is asked is found once for each kind
		kinds as materialized (select distinct post_key, rung_key from persons),
		standards_of as materialized (
			select distinct on (post_key, rung_key, competency_id) post_key, rung_key, competency_id, level, basis, standard_id from (
				select k.post_key, k.rung_key, s.competency_id, s.level, 'post' as basis, s.id as standard_id, 1 as place
				from kinds k join in_force s on s.post_ref = k.post_key
				union all
				select k.post_key, k.rung_key, s.competency_id, s.level, 'rung', s.id, 2 from kinds k join in_force s on s.rung = k.rung_key) either
			order by post_key, rung_key, competency_id, place),
		counted as (
			select distinct on (r.officer_id, r.competency_id) r.officer_id, r.competency_id, r.level, r.id, r.rated_at
			from competency.ratings r join persons p on p.id = r.officer_id
			where r.rated_at <= ${at} and (r.valid_until is null or r.valid_until >= ${day}) ${one}
			order by r.officer_id, r.competency_id, r.strength desc, r.rated_at desc, r.id desc)`;
}
