import { competencyByCode, levelLabels } from '#modules/competency/server/index.ts';

export const load = async ({ locals: { db }, params }) => {
	const competency = await competencyByCode(db, params.code);
	return { competency, levels: await levelLabels(db, competency.id) };
};

/** Nothing here needs script: on a slow line the words come first, and nothing after them. */
export const csr = false;
