import { certificatesOf, jpOf, jpYearOn } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals }) => {
	const officerId = locals.actor.officerId!;
	const { total, target, rule, year } = await jpOf(locals.db, officerId, await jpYearOn(locals.db, officerId, dayOf(locals.at)));
	return { certificates: await certificatesOf(locals.db, officerId), jp: { total, target, rule, year } };
};
