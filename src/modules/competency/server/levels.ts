import { sql, type RawBuilder } from 'kysely';
import { dayOf } from '#platform/clock.ts';

/**
 * The set-based twin of `rules.ts`: common table expressions that end in `levels`, one row per officer of the scope
 * and competency with a standard or a valid rating: `officer_id, competency_id, required, required_basis`
 * ('post' | 'rung'), `standard_id, actual, rating_id, gap, unit_id, unit_path, opd_id`. `actual` and `gap` are null
 * where nobody rated. Put after `with`, before the query that reads `levels`.
 * Each step is materialized: read once, never again per row of what it is joined with.
 * @param scope condition on alias `c` of `people.officer_cards`
 */
export function levels(at: Date, scope: RawBuilder<unknown>, competencyId?: string): RawBuilder<unknown> {
	const day = dayOf(at);
	const one = competencyId === undefined ? sql`` : sql`and competency_id = ${competencyId}::uuid`;
	return sql`
		persons as materialized (
			select c.id, coalesce(c.post_ref, '') as post_key, coalesce(c.rung, '') as rung_key, c.unit_id, c.unit_path, c.opd_id
			from people.officer_cards c where ${scope}),
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
		counted as materialized (
			select distinct on (r.officer_id, r.competency_id) r.officer_id, r.competency_id, r.level, r.id
			from competency.ratings r join persons p on p.id = r.officer_id
			where r.rated_at <= ${at} and (r.valid_until is null or r.valid_until >= ${day}) ${one}
			order by r.officer_id, r.competency_id, r.strength desc, r.rated_at desc, r.id desc),
		asked as materialized (
			select p.id as officer_id, a.competency_id, a.level, a.basis, a.standard_id from persons p join standards_of a using (post_key, rung_key)),
		levels as materialized (
			select officer_id, competency_id, asked.level as required, asked.basis as required_basis, asked.standard_id,
				counted.level as actual, counted.id as rating_id,
				-- greatest() passes over nulls and would make an unknown level a gap of 0
				case when asked.level is not null and counted.level is not null then greatest(0, asked.level - counted.level) end as gap,
				p.unit_id, p.unit_path, p.opd_id
			from asked full join counted using (officer_id, competency_id) join persons p on p.id = officer_id)`;
}
