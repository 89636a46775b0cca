import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

/** What `people` holds about a person; wired at the root with the categories of other modules. */
export const peoplePersonalData: PersonalDataSource[] = [
	{
		key: 'people.identity',
		rows: async (db, { officerId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select siasn_id, full_name, front_title, back_title, birth_date, sex, email, private_email, employment_kind,
					employment_name, legal_status_name, active, left_on, joined_on, confirmed_on, rank_code, rank_since, education_level_name, education_name,
					created_at, updated_at from people.officers where id = ${officerId}`.execute(db)
			).rows
	},
	{
		key: 'people.numbers',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select number, kind, valid_from, valid_to from people.officer_numbers
					where officer_id = ${officerId} order by valid_from, id`.execute(db)
			).rows
	},
	{
		key: 'people.posts',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select p.post_name, p.post_kind, p.rung, v.name as unit_name, p.since, p.valid_from, p.valid_to
					from people.post_assignments p
					left join lateral (select name from people.unit_versions v where v.unit_id = p.unit_id order by v.valid_from desc limit 1) v on true
					where p.officer_id = ${officerId} order by p.valid_from, p.id`.execute(db)
			).rows
	},
	{
		key: 'people.imports',
		rows: async (db, { officerId }) =>
			(
				await sql<Record<string, unknown>>`select i.file_name, i.created_at, r.row, r.outcome, r.changes, r.data, r.before
					from platform.import_rows r join platform.imports i on i.id = r.import_id
					where r.target_id = ${officerId} order by i.created_at, i.id, r.row`.execute(db)
			).rows
	},
	{
		key: 'people.account',
		rows: async (db, { accountId }) =>
			(
				await sql<Record<string, unknown>>`select a.name, a.email, a.locale, a.theme, a.created_at,
					coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'valid_from', g.valid_from, 'valid_to', g.valid_to) order by g.granted_at, g.id)
						from people.role_grants g where g.account_id = a.id), '[]') as roles
					from people.accounts a where a.id = ${accountId}`.execute(db)
			).rows
	},
	{
		key: 'people.sessions',
		rows: async (db, { accountId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select s."createdAt" as began, s."updatedAt" as last_used, s."ipAddress" as address, s."userAgent" as device
					from auth.session s join people.accounts a on a.auth_user_id = s."userId" where a.id = ${accountId} order by s."createdAt", s.id`.execute(
					db
				)
			).rows
	},
	{
		key: 'people.trail',
		rows: async (db, { accountId }) =>
			(
				await sql<Record<string, unknown>>`select at, action, object_type from platform.audit_entries
					where actor_id = ${accountId} order by at, id`.execute(db)
			).rows
	},
	{
		key: 'people.tasks',
		rows: async (db, { personId }) =>
			(
				await sql<Record<string, unknown>>`select kind, params, opens_at, due_at, done_at, reminded_at from platform.inbox_items
					where person_id = ${personId} order by opens_at, id`.execute(db)
			).rows
	},
	{
		key: 'people.corrections',
		rows: async (db, { accountId }) =>
			(
				await sql<Record<string, unknown>>`select q.category, q.wrong, q.asked_at, q.due_at, a.outcome, a.text as answer, a.answered_at
					from people.correction_requests q left join people.correction_answers a on a.request_id = q.id
					where q.account_id = ${accountId} order by q.asked_at, q.id`.execute(db)
			).rows
	}
];
