import { treeOn, unitRoots, unitSearch } from '#modules/people/server/index.ts';
import { hasRole } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import { isDay } from '#platform/days.ts';
import { isId } from '#platform/ids.ts';

export const load = async ({ locals, url }) => {
	const { db, actor } = locals;
	const search = url.searchParams.get('cari')?.trim() ?? '';
	const today = dayOf(locals.at);
	const asked = url.searchParams.get('pada') ?? '';
	const under = url.searchParams.get('di') ?? '';
	const past = isDay(asked) && asked < today ? asked : null;
	if (past && !search)
		return {
			search,
			today,
			past: { day: past, ...(await treeOn(db, actor, past, isId(under) ? under : undefined)) },
			units: [],
			mayImport: false
		};
	return {
		search,
		today,
		past: null,
		units: search ? await unitSearch(db, actor, search) : await unitRoots(db, actor),
		mayImport: hasRole(actor, 'administrator')
	};
};
