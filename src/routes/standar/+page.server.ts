import { commonStandard, posts } from '#modules/competency/server/index.ts';

const LIMIT = 50;

export const load = async ({ locals: { db, actor, at }, url }) => {
	const search = url.searchParams.get('cari')?.trim() ?? '';
	const [name, ref] = [url.searchParams.get('nama'), url.searchParams.get('sesudah')];
	const rows = await posts(db, actor, { search, after: name !== null && ref !== null ? { name, ref } : undefined, limit: LIMIT + 1 });
	const rungs = await commonStandard(db, actor, at);
	const officers = rungs.reduce((sum, rung) => sum + rung.officers, 0);
	const page = rows.slice(0, LIMIT);
	return {
		search,
		rows: page,
		first: name === null,
		next: rows.length > LIMIT ? { name: page.at(-1)!.post_name, ref: page.at(-1)!.post_ref } : undefined,
		rungs,
		leaning: rungs.reduce((sum, rung) => sum + rung.leaning, 0),
		officers
	};
};
