import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const credentialsPersonalData: PersonalDataSource[] = [
	{
		key: 'credentials.jp',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select jp, quantity, earned_on, credited_at, reason from credentials.jp_entries
					where officer_id = ${officerId} order by earned_on, id`.execute(db)
			).rows
	},
	{
		key: 'credentials.certificates',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select c.number, c.code, c.issued_at, c.content, r.reason as revoked_because, r.revoked_at
					from credentials.certificates c left join credentials.certificate_revocations r on r.certificate_id = c.id
					where c.officer_id = ${officerId} order by c.issued_at, c.id`.execute(db)
			).rows
	},
	{
		key: 'credentials.history',
		rows: async (db, { officerId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select kind, name, type_name, institution, number, hours, year, starts_on, ends_on from credentials.external_trainings
					where officer_id = ${officerId} order by starts_on, source_key`.execute(db)
			).rows
	}
];
