import { jobPersonMatch, jpmCategory } from '#modules/competency/index.ts';
import { jpmCategories, profileOf } from '#modules/competency/server/index.ts';
import { officerCard } from '#modules/people/server/index.ts';
import { goalsOf } from '#modules/planning/server/index.ts';
import { isOpen } from '#modules/planning/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals: { db, actor, at } }) => {
	const id = actor.officerId!;
	const [officer, rows, goals, categories] = await Promise.all([
		officerCard(db, id),
		profileOf(db, at, id),
		goalsOf(db, id),
		jpmCategories(db, at)
	]);
	const asked = rows.flatMap((row) => (row.required === null ? [] : [{ required: row.required, actual: row.actual }]));
	const match = jobPersonMatch(asked);
	const label = (purpose: 'pemetaan' | 'pengisian_jabatan', value: number) => jpmCategory(categories, purpose, value)?.label ?? '';
	const open = goals.filter((goal) => isOpen(goal, rows.find((row) => row.competencyId === goal.competencyId)?.actual ?? null, dayOf(at)));
	return {
		now: at,
		post: officer.post_name,
		unit: officer.unit_name,
		// what is furthest away first, then what is not known
		rows: rows.toSorted((a, b) => (b.gap ?? -1) - (a.gap ?? -1) || Number(a.actual !== null) - Number(b.actual !== null)),
		match: match && {
			...match,
			mapping: [label('pemetaan', match.withSurplus), label('pemetaan', match.withoutSurplus)],
			filling: [label('pengisian_jabatan', match.withSurplus), label('pengisian_jabatan', match.withoutSurplus)],
			basis: categories[0]?.basis ?? ''
		},
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

/** Nothing here needs script: on a slow line the words come first, and nothing after them. */
export const csr = false;
