import { SOURCES, type GapColumn } from '#modules/competency/index.ts';
import { gapBatches, gapCounts, gapsRead, type GapListRow } from '#modules/competency/server/index.ts';
import { gapColumnName, sourceWord } from '#modules/competency/ui/index.ts';
import * as m from '#paraglide/messages.js';
import { dayOf } from '#platform/clock.ts';
import { xlsxResponse, type SheetCell, type SheetColumn } from '#platform/sheets/xlsx-writer.ts';
import { gapView } from '../view.ts';

const KINDS: Record<GapColumn, SheetColumn['kind']> = {
	name: 'text',
	unit: 'text',
	opd: 'text',
	required: 'number',
	actual: 'number',
	gap: 'number',
	rated: 'date'
};

/** The list as it is filtered, ordered and laid out on the page; a gap that is not known stays empty. */
export const GET = async ({ locals, url }) => {
	const { competency, filter, view } = await gapView(locals.db, url);
	const { people } = await gapCounts(locals.db, locals.actor, locals.at, filter);
	await locals.transaction((db) => gapsRead(db, locals.actor, locals.at, filter, 'sheet', people));
	// words are chosen now: the stream runs on after the request's language is gone
	const sources = new Map(SOURCES.map((source) => [source, sourceWord(source)]));
	const cells: Record<GapColumn, (row: GapListRow) => SheetCell> = {
		name: (row) => row.display_name,
		unit: (row) => row.unit_name,
		opd: (row) => row.opd_name,
		required: (row) => row.required,
		actual: (row) => row.actual,
		gap: (row) => row.gap,
		rated: (row) => (row.rated_at ? dayOf(row.rated_at) : null)
	};
	const rows = (async function* () {
		for await (const batch of gapBatches(locals.db, locals.actor, locals.at, filter, view))
			yield batch.map((row) => [...view.columns.map((column) => cells[column](row)), row.source ? sources.get(row.source) : null]);
	})();
	return xlsxResponse(`kesenjangan-${competency.code}-${dayOf(locals.at)}.xlsx`, {
		name: competency.name,
		mark: locals.runtime.demo ? m.ui_demo_mark() : undefined,
		columns: [
			...view.columns.map((column) => ({
				label: column === 'rated' ? m.competency_rated_on() : gapColumnName(column),
				kind: KINDS[column]
			})),
			{ label: m.competency_source() }
		],
		rows
	});
};
