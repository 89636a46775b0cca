import { EMPLOYMENT_KINDS, type OfficerColumn } from '#modules/people/index.ts';
import { officerBatches, officersExported, type OfficerListRow } from '#modules/people/server/index.ts';
import { kindName, officerColumnName } from '#modules/people/ui/index.ts';
import * as m from '#paraglide/messages.js';
import { dayOf } from '#platform/clock.ts';
import { xlsxResponse, type SheetCell } from '#platform/sheets/xlsx-writer.ts';
import { directoryView } from '../view.ts';

const CELLS: Record<Exclude<OfficerColumn, 'kind'>, (row: OfficerListRow) => SheetCell> = {
	name: (row) => row.display_name,
	number: (row) => row.nip,
	post: (row) => row.post_name,
	unit: (row) => row.unit_name,
	opd: (row) => row.opd_name,
	rank: (row) => row.rank_code,
	education: (row) => row.education_level_name,
	joined: (row) => row.joined_on
};

/** The directory as it is filtered, ordered and laid out on the page. */
export const GET = async ({ locals, url }) => {
	const { filter, view } = directoryView(url);
	await locals.transaction((db) => officersExported(db, locals.actor, locals.at, filter, view.columns));
	// words are chosen now: the stream runs on after the request's language is gone
	const kinds = new Map(EMPLOYMENT_KINDS.map((kind) => [kind, kindName(kind)]));
	const rows = (async function* () {
		for await (const batch of officerBatches(locals.db, locals.actor, filter, view))
			yield batch.map((row) => view.columns.map((column) => (column === 'kind' ? kinds.get(row.employment_kind) : CELLS[column](row))));
	})();
	return xlsxResponse(`pegawai-${dayOf(locals.at)}.xlsx`, {
		name: m.people_officers_sheet(),
		mark: locals.runtime.demo ? m.ui_demo_mark() : undefined,
		columns: view.columns.map((column) => ({
			label: officerColumnName(column),
			kind: column === 'joined' ? ('date' as const) : ('text' as const)
		})),
		rows
	});
};
