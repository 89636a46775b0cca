import { classState } from '#modules/catalogue/index.ts';
import { classesToRun, mayMark, openClasses, placesOf } from '#modules/catalogue/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals }) => {
	const day = dayOf(locals.at);
	const runs = mayMark(locals.actor);
	return {
		runs,
		own: locals.actor.officerId ? await placesOf(locals.db, locals.actor.officerId) : [],
		open: (await openClasses(locals.db, locals.at)).map((row) => ({ ...row, state: classState(row, locals.at, day) })),
		toRun: runs ? (await classesToRun(locals.db, locals.at)).map((row) => ({ ...row, state: classState(row, locals.at, day) })) : []
	};
};
