import { compareUnits } from '#modules/competency/server/index.ts';
import { unitChoice } from '../choice.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const { all, competency, ask } = await unitChoice(db, at, url);
	return { ...(await compareUnits(db, actor, at, ask)), options: all, competency };
};
