import { sql } from 'kysely';
import type { PersonalDataSource } from '#platform/personal-data.ts';

export const planningPersonalData: PersonalDataSource[] = [
	{
		key: 'planning.goals',
		rows: async (db, { officerId }) =>
			(
				await sql<
					Record<string, unknown>
				>`select k.name_id as competency, g.from_level, g.target_level, g.due_on, g.reason, coalesce(g.aim_name, g.aim_rung) as next_post, g.aim_level as next_post_asks, g.set_at, d.decision, d.note, d.decided_at
					from planning.goals g join competency.competencies k on k.id = g.competency_id left join planning.goal_decisions d on d.goal_id = g.id
					where g.officer_id = ${officerId} order by g.set_at, g.id`.execute(db)
			).rows
	}
];
