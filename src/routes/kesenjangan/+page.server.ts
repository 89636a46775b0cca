import { competencies, gapsByUnit, officersBehind } from '#modules/competency/server/index.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const map = await gapsByUnit(db, actor, at, { unitId: url.searchParams.get('unit') ?? undefined });
	const asked = new Set(map.rows.flatMap((row) => [...row.cells.keys()]));
	const known = (await competencies(db, at)).filter((one) => asked.has(one.id));
	const competency = known.find((one) => one.code === url.searchParams.get('kompetensi'));
	// catalogues are long: technical competencies have a map of their own
	const technical = known.filter((one) => one.category === 'teknis');
	const shown = technical.length > 0 && (competency?.category === 'teknis' || url.searchParams.get('jenis') === 'teknis');
	const columns = shown ? technical : known.filter((one) => !technical.includes(one));
	const row = map.rows.find((one) => one.unitId === url.searchParams.get('baris'));
	let cell;
	if (competency && row?.persons) {
		const people = await officersBehind(db, actor, at, competency.id, { unitId: row.unitId, ownOnly: row.own });
		if (people.length === 0) throw new NotFound('cell');
		const required = [...new Set(people.map((person) => person.required))];
		cell = {
			unitId: row.unitId,
			unitName: row.unitName,
			own: row.own,
			competency,
			people: people.length,
			short: people.filter((person) => (person.gap ?? 0) > 0),
			met: people.filter((person) => person.gap === 0).length,
			unknown: people.filter((person) => person.gap === null).length,
			levels: [1, 2, 3, 4, 5].map((level) => ({ level, count: people.filter((person) => person.actual === level).length })),
			required: required.length === 1 ? required[0]! : undefined
		};
	}
	// what a cell shows, and no more: hundreds of them make the page; undefined = not asked of anybody
	const rows = map.rows.map(({ cells, ...one }) => ({
		...one,
		gaps: columns.map(({ id }) => {
			const { hidden, meanGap } = cells.get(id) ?? {};
			return hidden ? ('hidden' as const) : meanGap;
		})
	}));
	return { unit: map.unit, rows, columns, cell, technical: technical.length, shown };
};
