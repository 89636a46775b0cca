import { certificatesOf, jpOn } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals }) => {
	const officerId = locals.actor.officerId!;
	const { total, target, rule, year } = await jpOn(locals.db, officerId, dayOf(locals.at));
	return { certificates: await certificatesOf(locals.db, officerId), jp: { total, target, rule, year } };
};
