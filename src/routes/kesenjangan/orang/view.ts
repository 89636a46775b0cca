import { GAP_COLUMNS, GAP_SORTS, GAP_STATES } from '#modules/competency/index.ts';
import { competencyByCode, type GapFilter } from '#modules/competency/server/index.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { listView } from '#platform/lists.ts';
import { NotFound } from '#platform/refusal.ts';

const spec = {
	columns: GAP_COLUMNS,
	initial: ['name', 'unit', 'required', 'actual', 'gap', 'rated'] as const,
	sorts: GAP_SORTS,
	largestFirst: ['gap', 'required', 'actual', 'rated'] as const
};

/** The address of the list, read alike for the page and for the sheet. */
export async function gapView(db: Db, url: URL) {
	const competency = await competencyByCode(db, url.searchParams.get('kompetensi') ?? '');
	const unit = url.searchParams.get('unit') || undefined;
	if (unit !== undefined && !isId(unit)) throw new NotFound('unit');
	const shown = url.searchParams.get('tampil') ?? 'short';
	const filter = {
		competencyId: competency.id,
		unitId: unit,
		ownOnly: url.searchParams.has('langsung'),
		search: (url.searchParams.get('cari') ?? '').slice(0, 200),
		state: shown === 'semua' ? undefined : (GAP_STATES.find((state) => state === shown) ?? 'short')
	} satisfies GapFilter;
	return { competency, filter, view: listView(url, spec), spec };
}
