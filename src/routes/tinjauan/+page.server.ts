import { missingFor, reviewCases } from '#modules/evaluation/server/index.ts';
import { dayOf } from '#platform/clock.ts';

export const load = async ({ locals }) => {
	const cases = await reviewCases(locals.db, locals.actor);
	return {
		today: dayOf(locals.at),
		cases: await Promise.all(
			cases.map(async (review) => ({ ...review, missing: review.closed_at ? [] : await missingFor(locals.db, review) }))
		)
	};
};
