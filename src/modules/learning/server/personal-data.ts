import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const learningPersonalData: PersonalDataSource[] = [
	{
		key: 'learning.progress',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select l.title as lesson, p.opened_at, p.finished_at,
					(select count(*)::int from learning.practice_answers a join assessment.questions q on q.id = a.question_id
						where a.enrolment_id = e.id and q.test_id = l.practice_test_id) as practice_answers
					from learning.lesson_progress p join learning.lessons l on l.id = p.lesson_id join catalogue.enrolments e on e.id = p.enrolment_id
					where e.officer_id = ${officerId} order by p.opened_at, p.lesson_id`.execute(db)
			).rows
	}
];
