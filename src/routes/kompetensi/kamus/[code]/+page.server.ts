import { competencyByCode, levelLabels } from '#modules/competency/server/index.ts';

export const load = async ({ locals: { db }, params }) => {
	const competency = await competencyByCode(db, params.code);
	return { competency, levels: await levelLabels(db, competency.id) };
};
