import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

/** Peers and subordinates stay without name, as on the profile. */
export const competencyPersonalData: PersonalDataSource[] = [
	{
		key: 'competency.ratings',
		rows: async (db, { officerId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select k.code, k.name_id as competency, r.level, r.source, r.rated_at, r.valid_until, r.note, r.mean::float8, r.raters,
					case when r.source not in ('peer', 'subordinate') then a.name end as rated_by
					from competency.ratings r join competency.competencies k on k.id = r.competency_id left join people.accounts a on a.id = r.rated_by
					where r.officer_id = ${officerId} order by r.rated_at, r.id`.execute(db)
			).rows
	},
	{
		key: 'competency.assessments',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select assessed_on, valid_until, provider, method, purpose, levels from competency.assessments
					where officer_id = ${officerId} order by assessed_on, id`.execute(db)
			).rows
	},
	{
		key: 'competency.next_posts',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select n.post_ref, n.rung, n.chosen_at, a.name as chosen_by
					from competency.next_posts n join people.accounts a on a.id = n.chosen_by where n.officer_id = ${officerId} order by n.chosen_at, n.id`.execute(
					db
				)
			).rows
	}
];
