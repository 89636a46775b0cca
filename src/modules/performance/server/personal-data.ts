import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const performancePersonalData: PersonalDataSource[] = [
	{
		key: 'performance.appraisals',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select year, result_rating, behaviour_rating, predicate, score from performance.appraisals
					where officer_id = ${officerId} order by year`.execute(db)
			).rows
	}
];
