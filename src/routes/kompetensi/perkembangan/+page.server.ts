import { levelTrends, readProfile } from '#modules/competency/server/index.ts';

export const load = async ({ locals: { db, actor, at } }) => {
	const { officer, rows } = await readProfile(db, actor, at, actor.officerId!);
	return { name: officer.display_name, trends: levelTrends(rows, at) };
};
