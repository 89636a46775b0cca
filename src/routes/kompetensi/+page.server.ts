import { matchOf, profileOf } from '#modules/competency/server/index.ts';
import { officerCard } from '#modules/people/server/index.ts';
import { goalsOf } from '#modules/planning/server/index.ts';
import { isOpen } from '#modules/planning/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals: { db, actor, at } }) => {
	const id = actor.officerId!;
	const [officer, rows, goals] = await Promise.all([officerCard(db, id), profileOf(db, at, id), goalsOf(db, id)]);
	const open = goals.filter((goal) => isOpen(goal, rows.find((row) => row.competencyId === goal.competencyId)?.actual ?? null, dayOf(at)));
	return {
		now: at,
		post: officer.post_name,
		unit: officer.unit_name,
		// what is furthest away first, then what is not known
		rows: rows.toSorted((a, b) => (b.gap ?? -1) - (a.gap ?? -1) || Number(a.actual !== null) - Number(b.actual !== null)),
		match: await matchOf(db, at, rows),
		goals: open.map((goal) => ({
			id: goal.id,
			competencyId: goal.competencyId,
			state: goal.state,
			targetLevel: goal.targetLevel,
			dueOn: goal.dueOn,
			competency: goal.competency
		}))
	};
};
