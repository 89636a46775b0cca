import { EMPLOYMENT_KINDS, OFFICER_COLUMNS, OFFICER_SORTS, POST_KINDS } from '#modules/people/index.ts';
import type { OfficerFilter } from '#modules/people/server/index.ts';
import { listView } from '#platform/lists.ts';

const spec = {
	columns: OFFICER_COLUMNS,
	initial: ['name', 'post', 'unit', 'kind'] as const,
	sorts: OFFICER_SORTS
};

/** The address of the directory, read alike for the page and for the sheet. */
export function directoryView(url: URL) {
	const value = (name: string) => url.searchParams.get(name) ?? '';
	const filter = {
		search: value('cari').slice(0, 200),
		unitId: value('unit'),
		kind: EMPLOYMENT_KINDS.find((kind) => kind === value('status')),
		postKind: POST_KINDS.find((kind) => kind === value('jabatan')),
		inactive: value('keadaan') === 'tidak'
	} satisfies OfficerFilter;
	return { filter, view: listView(url, spec), spec };
}
