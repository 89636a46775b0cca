import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const evaluationPersonalData: PersonalDataSource[] = [
	{
		key: 'evaluation.subjects',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select k.name as class, s.arm, s.age_years, s.service_years
					from evaluation.subjects s join catalogue.classes k on k.id = s.class_id where s.officer_id = ${officerId} order by k.starts_on, k.id`.execute(
					db
				)
			).rows
	}
];
