import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const recordsPersonalData: PersonalDataSource[] = [
	{
		key: 'records.statements',
		rows: async (db, { personId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select verb, object_type, object_id, context, result, device_time, stored_at from records.statements
					where person_id = ${personId} order by stored_at, id`.execute(db)
			).rows
	}
];
