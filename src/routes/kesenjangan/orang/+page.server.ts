import { redirect } from '@sveltejs/kit';
import { gapCounts, gapListPage, gapsRead } from '#modules/competency/server/index.ts';
import { fromBeginning, nextPage, orderedBy } from '#platform/lists.ts';
import { NotFound } from '#platform/refusal.ts';
import { gapView } from './view.ts';

const PAGE = 50;

export const load = async ({ locals, url }) => {
	const { db, actor, at } = locals;
	const { competency, filter, view, spec } = await gapView(db, url);
	const { counts, found, rows } = await gapListPage(db, actor, at, filter, view, PAGE + 1);
	const anybody =
		counts?.people !== 0 || (filter.search !== '' && (await gapCounts(db, actor, at, { ...filter, search: undefined })).people > 0);
	// the map says that there is nobody yet; of a unit outside one's scope it would say too much
	if (!anybody && !filter.unitId) redirect(303, '/kesenjangan');
	if (!anybody) throw new NotFound('officers');
	await locals.transaction((transaction) => gapsRead(transaction, actor, at, filter, 'page', counts?.people));
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	return {
		competency,
		unit: filter.unitId ?? null,
		own: filter.ownOnly,
		search: filter.search,
		state: filter.state ?? null,
		counts: counts ?? null,
		found: found ?? null,
		columns: view.columns,
		order: { sort: view.sort, descending: view.descending },
		orders: Object.fromEntries(spec.sorts.map((sort) => [sort, orderedBy(url, view, spec, sort)])),
		rows: shown,
		first: fromBeginning(url),
		next: rows.length > PAGE && last ? nextPage(url, { id: last.officer_id, value: last.key }) : null,
		sheet: `/kesenjangan/orang/unduh.xlsx${url.search}`
	};
};
