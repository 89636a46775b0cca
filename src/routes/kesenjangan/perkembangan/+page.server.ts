import { openedUnit, unitTrend } from '#modules/competency/server/index.ts';
import { unitChoice } from '../choice.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const { unit } = await openedUnit(db, actor, url.searchParams.get('unit') || undefined);
	// all competencies of a whole government, at eight moments, take longer than anybody waits unasked
	const { all, competency, ask } = await unitChoice(db, at, url, unit && unit.parent_id === null ? 'first' : 'all');
	return { ...(await unitTrend(db, actor, at, ask)), options: all, competency };
};
