import { teamDisagreements, teamMembers, teamOf } from '#modules/competency/server/index.ts';
import { goalsOfTeam } from '#modules/planning/server/index.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const { rows, all, ...part } = await teamOf(db, actor, at, url.searchParams.get('sesudah'));
	const [people, goals, disagreements] = await Promise.all([
		teamMembers(db, at, rows),
		goalsOfTeam(db, actor, at),
		teamDisagreements(db, at, rows)
	]);
	return {
		people,
		all,
		part,
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
