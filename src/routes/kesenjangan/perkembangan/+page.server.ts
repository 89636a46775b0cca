import { redirect } from '@sveltejs/kit';
import { openedUnit, unitTrend } from '#modules/competency/server/index.ts';
import { unitChoice } from '../choice.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const unitId = url.searchParams.get('unit') || undefined;
	const { unit } = await openedUnit(db, actor, unitId);
	// no unit was asked for and none stands at the top: the map says what there is
	if (!unit && !unitId) redirect(303, '/kesenjangan');
	// as long as the past is not kept, all competencies of a whole government take longer than anybody waits unasked
	const { all, competency, ask } = await unitChoice(db, at, url, unit?.parent_id === null ? 'first' : 'all');
	return { ...(await unitTrend(db, actor, at, ask)), options: all, competency };
};
