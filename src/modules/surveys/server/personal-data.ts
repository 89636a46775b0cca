import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

/** Ratings about the person do not say who gave them: raters were promised that. */
export const surveysPersonalData: PersonalDataSource[] = [
	{
		key: 'surveys.about_me',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select r.title, g.submitted_at,
					coalesce((select jsonb_agg(jsonb_build_object('item', i.text_id, 'value', a.value) order by i.position)
						from surveys.rating_answers a join surveys.questionnaire_items i on i.id = a.item_id where a.assignment_id = g.id), '[]') as answers
					from surveys.rating_assignments g join surveys.rating_rounds r on r.id = g.round_id
					where g.subject_officer_id = ${officerId} and g.submitted_at is not null order by r.opens_at, g.id`.execute(db)
			).rows
	},
	{
		key: 'surveys.by_me',
		rows: async (db, { personId }) =>
			(
				await sql<Record<string, unknown>>`select r.title, c.display_name as subject, g.submitted_at, g.cannot_rate_reason,
					coalesce((select jsonb_agg(jsonb_build_object('item', i.text_id, 'value', a.value) order by i.position)
						from surveys.rating_answers a join surveys.questionnaire_items i on i.id = a.item_id where a.assignment_id = g.id), '[]') as answers
					from surveys.rating_assignments g join surveys.rating_rounds r on r.id = g.round_id join people.officer_cards c on c.id = g.subject_officer_id
					where g.rater_person_id = ${personId} order by r.opens_at, g.id`.execute(db)
			).rows
	}
];
