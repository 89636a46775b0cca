import { competencies, furthestBehind, gapList, gapsByUnit, gapSpread } from '#modules/competency/server/index.ts';
import { partOf } from '#platform/lists.ts';
import { NotFound } from '#platform/refusal.ts';

/** A department of education has three hundred schools below it. */
const PAGE = 50;

export const load = async ({ locals: { db, actor, at }, url }) => {
	const asked = url.searchParams.get('unit') || undefined;
	const map = await gapsByUnit(db, actor, at, { unitId: asked });
	const inForce = new Set(map.rows.flatMap((row) => [...row.cells.keys()]));
	const known = (await competencies(db, at)).filter((one) => inForce.has(one.id));
	const competency = known.find((one) => one.code === url.searchParams.get('kompetensi'));
	// catalogues are long: technical competencies have a map of their own
	const technical = known.filter((one) => one.category === 'teknis');
	const shown = technical.length > 0 && (competency?.category === 'teknis' || url.searchParams.get('jenis') === 'teknis');
	const columns = shown ? technical : known.filter((one) => !technical.includes(one));
	const row = map.rows.find((one) => one.unitId === url.searchParams.get('baris'));
	let cell;
	if (competency && row?.persons) {
		const filter = { competencyId: competency.id, unitId: row.unitId, ownOnly: row.own };
		const spread = await gapSpread(db, actor, at, filter);
		if (spread.people === 0) throw new NotFound('cell');
		const furthest = { sort: 'gap', descending: true, after: undefined } as const;
		cell = {
			unitId: row.unitId,
			unitName: row.unitName,
			own: row.own,
			competency,
			...spread,
			first: await gapList(db, actor, at, { ...filter, state: 'short' }, furthest, 6)
		};
	}
	const { rows: listed, ...part } = partOf(map.rows, ({ unitId }) => unitId, url.searchParams.get('sesudah'), PAGE);
	// what a cell shows, and no more: hundreds of them make the page; undefined = not asked of anybody
	const rows = listed.map(({ cells, ...one }) => ({
		...one,
		gaps: columns.map(({ id }) => {
			const { hidden, meanGap } = cells.get(id) ?? {};
			return hidden ? ('hidden' as const) : meanGap;
		})
	}));
	const means = map.rows.flatMap(({ cells }) => columns.flatMap(({ id }) => cells.get(id)?.meanGap ?? []));
	return {
		asked,
		unit: map.unit,
		rows,
		/** Of all rows, on this page or not. */
		all: { rows: map.rows.length, people: map.rows.reduce((sum, one) => sum + one.people, 0) },
		finding: means.some((gap) => gap > 0) ? ('short' as const) : means.length > 0 ? ('met' as const) : ('unknown' as const),
		furthest: furthestBehind(map.rows, columns),
		columns,
		cell,
		technical: technical.length,
		shown,
		part
	};
};
