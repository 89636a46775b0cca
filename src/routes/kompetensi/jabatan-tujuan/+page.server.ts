import { isOpen, possibleTargets } from '#modules/planning/index.ts';
import { goalsOf } from '#modules/planning/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { keepNextPost, nextPostView } from './view.ts';

export const load = async ({ locals, url }) => {
	const officerId = locals.actor.officerId!;
	const shown = await nextPostView(locals, officerId, url);
	const { rows } = shown.view;
	const actual = new Map(rows.map((row) => [row.competencyId, row.actual]));
	const open = (await goalsOf(locals.db, officerId)).filter((goal) =>
		isOpen(goal, actual.get(goal.competencyId) ?? null, dayOf(locals.at))
	);
	return {
		...shown,
		goals: open.map(({ id, competencyId, targetLevel }) => ({ id, competencyId, targetLevel })),
		/** What the next post asks and is not there, or not known. */
		free: rows
			.filter((row) => row.gap !== 0 && possibleTargets(row.required, row.actual).length > 0)
			.filter((row) => !open.some((goal) => goal.competencyId === row.competencyId))
			.map((row) => row.competencyId)
	};
};

export const actions = {
	default: ({ locals, request }) => keepNextPost(locals, locals.actor.officerId!, request, '/kompetensi/jabatan-tujuan')
};
