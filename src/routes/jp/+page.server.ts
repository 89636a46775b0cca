import { jpOf, jpOn, trainingHistory } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals, url }) => {
	const officerId = locals.actor.officerId!;
	const now = await jpOn(locals.db, officerId, dayOf(locals.at));
	const asked = Number(url.searchParams.get('tahun'));
	const year = Number.isInteger(asked) && asked >= 2018 && asked <= now.year + 1 ? asked : now.year;
	return {
		jp: year === now.year ? now : await jpOf(locals.db, officerId, year),
		current: now.year,
		history: await trainingHistory(locals.db, locals.actor, officerId)
	};
};
