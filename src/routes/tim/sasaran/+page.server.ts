import { goalsOfTeam } from '#modules/planning/server/index.ts';

export const load = async ({ locals: { db, actor, at } }) => {
	const goals = await goalsOfTeam(db, actor, at);
	return {
		waiting: goals.filter((goal) => goal.state === 'waiting'),
		decided: goals.filter((goal) => goal.state === 'approved' || goal.state === 'returned')
	};
};
