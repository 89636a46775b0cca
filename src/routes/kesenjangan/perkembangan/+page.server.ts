import { redirect } from '@sveltejs/kit';
import { unitTrend } from '#modules/competency/server/index.ts';
import { NotFound } from '#platform/refusal.ts';
import { unitChoice } from '../choice.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const { all, competency, ask } = await unitChoice(db, at, url);
	const trend = await unitTrend(db, actor, at, ask).catch((cause: unknown) => {
		// no unit was asked for and none stands at the top: the map says what there is
		if (cause instanceof NotFound && !ask.unitId) redirect(303, '/kesenjangan');
		throw cause;
	});
	return { ...trend, options: all, competency };
};

export const csr = false;
