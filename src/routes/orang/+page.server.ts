import { officersPage, unitsAround } from '#modules/people/server/index.ts';
import { hasRole } from '#platform/actor.ts';
import { fromBeginning, nextPage, orderedBy } from '#platform/lists.ts';
import { directoryView } from './view.ts';

const PAGE = 50;

export const load = async ({ locals, url }) => {
	const { filter, view, spec } = directoryView(url);
	const { rows, count } = await officersPage(locals.db, locals.actor, filter, view, PAGE + 1);
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	return {
		filter,
		columns: view.columns,
		order: { sort: view.sort, descending: view.descending },
		orders: Object.fromEntries(spec.sorts.map((sort) => [sort, orderedBy(url, view, {}, sort)])),
		count,
		rows: shown,
		units: await unitsAround(locals.db, locals.actor, filter.unitId ?? ''),
		next: rows.length > PAGE && last ? nextPage(url, { id: last.id, value: last.key }) : null,
		first: fromBeginning(url),
		sheet: `/orang/unduh.xlsx${url.search}`,
		mayImport: hasRole(locals.actor, 'administrator')
	};
};
