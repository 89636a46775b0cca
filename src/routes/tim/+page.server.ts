import { team, teamDisagreements } from '#modules/competency/server/index.ts';
import { goalsOfTeam } from '#modules/planning/server/index.ts';

export const load = async ({ locals: { db, actor, at } }) => {
	const [people, goals, disagreements] = await Promise.all([
		team(db, actor, at),
		goalsOfTeam(db, actor, at),
		teamDisagreements(db, actor, at)
	]);
	return {
		people,
		disagreements,
		waiting: goals
			.filter((goal) => goal.state === 'waiting')
			.map((goal) => ({
				id: goal.id,
				officerName: goal.officerName,
				competency: goal.competency,
				targetLevel: goal.targetLevel,
				setAt: goal.setAt
			}))
	};
};
