import { jpOf, jpYearOn, trainingHistory } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals, url }) => {
	const officerId = locals.actor.officerId!;
	const current = await jpYearOn(locals.db, officerId, dayOf(locals.at));
	const asked = Number(url.searchParams.get('tahun'));
	const year = Number.isInteger(asked) && asked >= 2018 && asked <= current + 1 ? asked : current;
	return { jp: await jpOf(locals.db, officerId, year), current, history: await trainingHistory(locals.db, locals.actor, officerId) };
};
