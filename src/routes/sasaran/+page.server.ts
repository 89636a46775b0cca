import { goalsOf } from '#modules/planning/server/index.ts';

export const load = async ({ locals: { db, actor } }) => {
	const goals = await goalsOf(db, actor.officerId!);
	return {
		current: goals.filter((goal) => goal.state === 'waiting' || goal.state === 'approved'),
		past: goals.filter((goal) => goal.state === 'returned' || goal.state === 'withdrawn')
	};
};
