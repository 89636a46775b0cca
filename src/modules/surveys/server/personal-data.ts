import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';
import { FEWEST_RATERS } from '../feedback-rules.ts';

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
	},
	{
		// that a round asked about the person, and what left it; single answers stay here, since naming them would name raters
		key: 'surveys.feedback_about_me',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select r.title, r.opens_at, r.due_at, r.closed_at,
					coalesce((select jsonb_object_agg(source, case when answers >= ${FEWEST_RATERS} or source in ('superior', 'self') then to_jsonb(answers) else to_jsonb(${`< ${FEWEST_RATERS}`}::text) end)
						from (select q.source, count(q.submitted_at)::int as answers from surveys.feedback_requests q
							where q.round_id = r.id and q.subject_officer_id = ${officerId} group by q.source) g where r.closed_at is not null), '{}') as answers_by_source
					from surveys.feedback_rounds r where r.sent_at is not null
						and exists (select 1 from surveys.feedback_requests q where q.round_id = r.id and q.subject_officer_id = ${officerId})
					order by r.opens_at, r.id`.execute(db)
			).rows
	},
	{
		key: 'surveys.feedback_by_me',
		rows: async (db, { personId }) =>
			(
				await sql<Record<string, unknown>>`select r.title, c.display_name as subject, q.source, q.submitted_at,
					coalesce((select jsonb_agg(jsonb_build_object('topic', t.name_id, 'level', a.level) order by t.position)
						from surveys.feedback_answers a join surveys.feedback_topics t on t.ref = a.topic_ref and t.round_id = r.id where a.request_id = q.id), '[]') as answers
					from surveys.feedback_requests q join surveys.feedback_rounds r on r.id = q.round_id join people.officer_cards c on c.id = q.subject_officer_id
					where q.rater_person_id = ${personId} and r.sent_at is not null order by r.opens_at, q.id`.execute(db)
			).rows
	}
];
