/** A unit tree as the national system gives it (`ref-unor`): that of the fixtures, with invented schools up to `count`. */
import { UNIT_COLUMNS } from '../../demo/tree.ts';
import { fixtureRows } from './files.ts';
import { invented } from './invented.ts';

export type ExportedUnit = Record<(typeof UNIT_COLUMNS)[number], string>;

const TOWNS = ['Jambi', 'Muaro Jambi', 'Batang Hari', 'Bungo', 'Tebo', 'Merangin', 'Sarolangun', 'Kerinci', 'Sungai Penuh'];

/** @param count at least the 433 of the fixture */
export function exportedUnits(count: number, seed = 1): ExportedUnit[] {
	const units = fixtureRows('unor.csv')
		.slice(1)
		.map((cells) => Object.fromEntries(UNIT_COLUMNS.map((column, at) => [column, cells[at]!])) as ExportedUnit);
	const office = units.find((unit) => /^Dinas Pendidikan$/i.test(unit.NamaUnor));
	if (!office) throw new Error('The fixture has no Dinas Pendidikan to hang schools under');
	const luck = invented(seed);
	for (let school = 1; units.length < count; school++)
		units.push({
			...office,
			Id: luck.id(),
			DiatasanId: office.Id,
			EselonId: '99',
			NamaUnor: `${school % 3 === 0 ? 'SMK' : 'SMA'} Negeri ${200 + school} ${luck.pick(TOWNS)}`,
			NamaJabatan: 'Kepala Sekolah',
			CepatKode: `55900${String(school).padStart(7, '0')}`,
			IndukUnorId: office.Id,
			PemimpinPnsId: 'null'
		});
	return units;
}

export function* unitRows(units: ExportedUnit[]): Generator<string[]> {
	yield [...UNIT_COLUMNS];
	for (const unit of units) yield UNIT_COLUMNS.map((column) => unit[column]);
}
