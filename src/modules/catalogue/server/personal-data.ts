import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const cataloguePersonalData: PersonalDataSource[] = [
	{
		key: 'catalogue.applications',
		rows: async (db, { officerId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select k.name as class, a.applied_at, a.withdrawn_at, a.nominated_by is not null as nominated, d.position as place_drawn, d.arm
					from catalogue.applications a join catalogue.classes k on k.id = a.class_id
					left join catalogue.draw_results d on d.class_id = a.class_id and d.officer_id = a.officer_id
					where a.officer_id = ${officerId} order by a.applied_at, a.id`.execute(db)
			).rows
	},
	{
		key: 'catalogue.enrolments',
		rows: async (db, { officerId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select k.name as class, e.enrolled_at, e.withdrawn_at, x.completed_at, x.days_attended, x.reasons,
					coalesce((select jsonb_agg(jsonb_build_object('day', s.day, 'present', m.present, 'marked_at', m.marked_at) order by s.day, m.marked_at)
						from catalogue.attendance_marks m join catalogue.class_sessions s on s.id = m.session_id where m.enrolment_id = e.id), '[]') as attendance
					from catalogue.enrolments e join catalogue.classes k on k.id = e.class_id left join catalogue.completions x on x.enrolment_id = e.id
					where e.officer_id = ${officerId} order by e.enrolled_at, e.id`.execute(db)
			).rows
	}
];
