import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

/** One's answers, without which of them were right: the same test is taken again after the class. */
export const assessmentPersonalData: PersonalDataSource[] = [
	{
		key: 'assessment.tests',
		rows: async (db, { officerId }, at) =>
			(
				await sql<Record<string, unknown>>`select t.title, s.opens_at, s.due_at, a.started_at, a.submitted_at,
					case when s.due_at <= ${at} then a.score_percent end as score_percent,
					coalesce((select jsonb_agg(jsonb_build_object('question', q.position, 'chosen', (select jsonb_agg(o.text order by o.position)
							from assessment.options o where o.id = any(w.option_ids)), 'answered_at', w.answered_at) order by q.position)
						from assessment.answers w join assessment.questions q on q.id = w.question_id where w.attempt_id = a.id), '[]') as answers
					from assessment.sittings s join assessment.tests t on t.id = s.test_id left join assessment.attempts a on a.sitting_id = s.id
					where s.officer_id = ${officerId} order by s.opens_at, s.id`.execute(db)
			).rows
	}
];
