import { mayManage, programmesFor } from '#modules/catalogue/server/index.ts';
import { competencyNames } from '#modules/competency/server/index.ts';
import { latestAnalyses } from '#modules/evaluation/server/index.ts';
import { isId } from '#platform/ids.ts';

const PAGE = 40;

export const load = async ({ locals, url }) => {
	const title = url.searchParams.get('setelah');
	const id = url.searchParams.get('id');
	const after = title === null || id === null || !isId(id) ? undefined : { title, id };
	const rows = await programmesFor(locals.db, locals.actor, locals.at, { after, limit: PAGE + 1 });
	const page = rows.slice(0, PAGE);
	const names = await competencyNames(locals.db, [...new Set(page.map((row) => row.competency_id))]);
	// behaviour at work says more than a test; where both were analysed it stands for the programme
	const effects = (await latestAnalyses(locals.db, locals.actor)).sort((a, b) => (a.level < b.level ? -1 : 1));
	const effectOf = new Map(effects.map((effect) => [effect.programmeId, effect.finding]));
	return {
		manages: mayManage(locals.actor),
		programmes: page.map((row) => ({
			...row,
			competency: names.get(row.competency_id)?.name ?? '',
			finding: effectOf.get(row.id) ?? null
		})),
		more: rows.length > PAGE,
		first: after === undefined
	};
};
