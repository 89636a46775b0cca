import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld } from '../../../../tests/world.ts';
import { systemActor } from '#platform/actor.ts';
import type { Import } from '#platform/imports/imports.ts';
import { peopleImports, undoImportOf } from '../server/imports.ts';
import { Desk, fixture } from './desk.ts';
import { officersImport } from './officers.ts';
import { unitsImport } from './units.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape of what is expected differs by file
const expected = JSON.parse(fixture('expected.json').toString('utf8')) as { files: Record<string, any> };
const february = new Date('2026-02-28T03:00:00Z');

const counts = (found: Import) => {
	const { rows, new: fresh, changed, unchanged, refused, warned, skipped, absent } = found.counts;
	return { rows, new: fresh, changed, unchanged, refused, warned, skipped, absent };
};
const wanted = (name: string, extra = {}) => {
	const { rows, new: fresh, changed = 0, unchanged = 0, refused = 0, warned = 0, skipped = 0, absent = 0 } = expected.files[name]!;
	return { rows, new: fresh, changed, unchanged, refused, warned, skipped, absent, ...extra };
};

describe('the files of the national system, in their order', () => {
	let desk: Desk;
	beforeAll(async () => void (desk = new Desk(await openWorld())));
	afterAll(() => desk.world.close());

	test('the tree of 433 units', async () => {
		const done = await desk.bring('units', fixture('unor.csv'));
		expect(done.state).toBe('applied');
		expect(counts(done)).toEqual(wanted('unor.csv'));
		const depth = await sql<{
			depth: number;
			units: number;
		}>`select nlevel(path) - 1 as depth, count(*)::int as units from people.current_units group by 1 order by 1`.execute(desk.world.db);
		expect(Object.fromEntries(depth.rows.map((row) => [row.depth, row.units]))).toEqual(expected.files['unor.csv']!.by_depth);
		// a secretariat stands in every office: each row says under which
		const told = (await desk.rows(done.id)).map((row) => `${row.label}, ${unitsImport.about!(row.data!)}`);
		expect(told.filter((line) => line.startsWith('Sekretariat, ')).length).toBeGreaterThan(30);
		expect(told).toContain('Sekretariat, Dinas Kesehatan');
		expect(told).toContain('Pemerintah Provinsi Jambi, null');
		const government = await sql<{ name: string; kind: string }>`select name, kind from people.governments`.execute(desk.world.db);
		expect(government.rows).toEqual([{ name: 'Pemerintah Provinsi Jambi', kind: 'provinsi' }]);
	});

	test('200 officers', async () => {
		const done = await desk.bring('officers', fixture('export-data-asn-200.csv'));
		expect(counts(done)).toEqual(wanted('export-data-asn-200.csv'));
		const hotma = (await desk.rows(done.id)).find((row) => row.label === 'HOTMA POHAN');
		expect(officersImport.about!(hotma!.data!)).toBe('Perencana Ahli Pertama · Bagian Penyusunan Program');
		const { rows } = await sql<{
			kind: string;
			n: number;
		}>`select employment_kind as kind, count(*)::int as n from people.officers group by 1 order by 1`.execute(desk.world.db);
		expect(Object.fromEntries(rows.map((row) => [row.kind, row.n]))).toEqual({ CPNS: 3, PNS: 124, PPPK: 59, PPPK_PW: 14 });
		const rungs = await sql<{ rung: string }>`select distinct rung from people.post_assignments`.execute(desk.world.db);
		expect(rungs.rows.map((row) => row.rung)).toEqual(
			expect.arrayContaining(['jpt_madya', 'jpt_pratama', 'administrator', 'pengawas', 'ahli_muda', 'terampil', 'pelaksana'])
		);
	});

	test.each(['export-data-asn-200.csv', 'export-data-asn-200-semicolon-latin1.csv', 'export-data-asn-200.xlsx'])(
		'%s afterwards changes nothing',
		async (name) => {
			const before = await desk.state();
			const done = await desk.bring('officers', fixture(name));
			expect(counts(done)).toEqual({ rows: 200, new: 0, changed: 0, unchanged: 200, refused: 0, warned: 0, skipped: 0, absent: 0 });
			expect(await desk.state()).toEqual(before);
		}
	);

	test('a month later: field by field who changed, and undone again', async () => {
		const before = await desk.state();
		const next = await desk.rehearse('officers', fixture('export-data-asn-200-next-month.csv'), february);
		expect(counts(next)).toEqual(wanted('export-data-asn-200-next-month.csv'));
		const { who } = expected.files['export-data-asn-200-next-month.csv']!;
		const rows = await desk.rows(next.id);
		expect(Object.fromEntries(rows.filter((row) => row.outcome === 'new').map((row) => [row.key, row.row]))).toEqual(who.new);
		const changed = rows.filter((row) => row.outcome === 'changed');
		expect(changed.map((row) => row.key).sort()).toEqual(Object.keys(who.changed).sort());
		for (const row of changed) {
			expect(row.row).toBe(who.changed[row.key!].row);
			expect(Object.fromEntries(row.changes.map((change) => [change.column, [change.before, change.after]]))).toEqual(
				Object.fromEntries(
					Object.entries(who.changed[row.key!].fields as Record<string, (string | null)[]>).map(([column, pair]) => [
						column,
						pair.map((value) => (value === 'null' || value === '' ? null : (value?.replace(/^'/, '') ?? null)))
					])
				)
			);
		}
		await desk.apply(next.id, february);
		const pns = Object.entries(who.changed as Record<string, { kind: string; fields: Record<string, [string, string]> }>).filter(
			([, change]) => change.kind === 'pppk_to_pns'
		);
		expect(pns).toHaveLength(2);
		for (const [siasnId, { fields }] of pns) {
			const { rows: numbers } = await sql<{
				number: string;
				kind: string;
				valid_to: string | null;
			}>`select n.number, n.kind, n.valid_to from people.officer_numbers n join people.officers o on o.id = n.officer_id
				where o.siasn_id = ${siasnId} order by n.valid_from`.execute(desk.world.db);
			expect(numbers.map(({ number, kind }) => [number, kind])).toEqual([
				[fields.nip_baru![0], 'NI_PPPK'],
				[fields.nip_baru![1], 'NIP']
			]);
			expect(numbers[0]!.valid_to).not.toBeNull();
			expect(numbers[1]!.valid_to).toBeNull();
		}
		expect(counts(await desk.rehearse('officers', fixture('export-data-asn-200-next-month.csv'), february))).toMatchObject({
			new: 0,
			changed: 0,
			unchanged: 202,
			absent: 3
		});
		await desk.world.transaction((db) => undoImportOf(db, peopleImports, systemActor, february, next.id));
		expect(await desk.state()).toEqual(before);
	});

	test('who retires left on the day of the import that says so; who comes back has not left', async () => {
		const sabar = () =>
			sql<{ active: boolean; left_on: string | null }>`
			select active, left_on from people.officers where full_name = 'SABAR GINTING'`
				.execute(desk.world.db)
				.then(({ rows }) => rows[0]);
		const file = fixture('export-data-asn-200.csv').toString('utf8');
		const retired = Buffer.from(file.replace(',01,Aktif,', ',99,Pensiun,'));
		const left = await desk.bring('officers', retired, february);
		expect(left.counts).toMatchObject({ changed: 1, unchanged: 199 });
		expect(await sabar()).toEqual({ active: false, left_on: '2026-02-28' });
		const back = await desk.bring('officers', Buffer.from(file), new Date('2026-03-31T03:00:00Z'));
		expect(await sabar()).toEqual({ active: true, left_on: null });
		await desk.undo(back.id, new Date('2026-03-31T03:00:00Z'));
		expect(await sabar()).toEqual({ active: false, left_on: '2026-02-28' });
		await desk.undo(left.id, february);
		expect(await sabar()).toEqual({ active: true, left_on: null });
	});

	test('the reorganised tree: merged, renamed, moved, and undone again', async () => {
		const before = await desk.state();
		const next = await desk.rehearse('units', fixture('unor-next-year.csv'), new Date('2027-01-04T02:00:00Z'));
		expect(counts(next)).toEqual(wanted('unor-next-year.csv'));
		const { who } = expected.files['unor-next-year.csv']!;
		const rows = await desk.rows(next.id);
		for (const row of rows.filter((found) => found.outcome === 'changed'))
			expect(Object.fromEntries(row.changes.map((change) => [change.column, [change.before, change.after]]))).toEqual(
				who.changed[row.key!]
			);
		await desk.apply(next.id, new Date('2027-01-04T02:00:00Z'));
		const moved = await sql<{
			opd: string;
			parts: number;
		}>`select opd_name as opd, nlevel(path) as parts from people.current_units where siasn_id = '9ed459e6-e75a-49f1-ab07-81bc7842533e'`.execute(
			desk.world.db
		);
		expect(moved.rows[0]!.opd).toBe('Dinas Perumahan dan Kawasan Permukiman');
		const broken = await sql<{
			n: number;
		}>`select count(*)::int as n from people.current_units c where c.parent_id is not null and not exists (select 1 from people.current_units p where p.id = c.parent_id and c.path <@ p.path)`.execute(
			desk.world.db
		);
		expect(broken.rows[0]!.n).toBe(0);
		const year = await sql<{
			name: string;
		}>`select v.name from people.unit_versions v join people.units u on u.id = v.unit_id where u.siasn_id = '16f286b0-035c-48fa-ae80-6c731bcf6bff' and v.valid_from <= '2026-06-30' and (v.valid_to is null or v.valid_to >= '2026-06-30')`.execute(
			desk.world.db
		);
		expect(year.rows.map((row) => row.name)).toEqual(['Dinas Sosial, Kependudukan dan Pencatatan Sipil']);
		await desk.world.transaction((db) => undoImportOf(db, peopleImports, systemActor, new Date('2027-01-05T02:00:00Z'), next.id));
		expect(await desk.state()).toEqual(before);
	});
});

test('every planted fault of the bad file has its row, line, column and outcome', async () => {
	const desk = new Desk(await openWorld());
	try {
		await desk.bring('units', fixture('unor.csv'));
		const done = await desk.bring('officers', fixture('export-data-asn-bad.csv'));
		expect(counts(done)).toEqual(wanted('export-data-asn-bad.csv'));
		const rows = new Map((await desk.rows(done.id)).map((row) => [row.row, row]));
		for (const planted of expected.files['export-data-asn-bad.csv']!.planted) {
			const row = rows.get(planted.row)!;
			expect({ row: row.row, line: row.line }).toEqual({ row: planted.row, line: planted.line });
			const seen = row.outcome === 'refused' || row.outcome === 'skipped' ? row.outcome : row.faults.length > 0 ? 'warned' : 'accepted';
			expect(`${planted.row} ${planted.code} ${seen}`).toBe(`${planted.row} ${planted.code} ${planted.outcome}`);
			if (seen === 'refused' || seen === 'warned')
				expect(row.faults.map(({ code, column }) => ({ code, column }))).toEqual([{ code: planted.code, column: planted.column }]);
			if (planted.active !== undefined) {
				const { rows: officers } = await sql<{
					active: boolean;
				}>`select active from people.officers where siasn_id = ${planted.pns_id}`.execute(desk.world.db);
				expect(officers[0]!.active).toBe(planted.active);
			}
		}
	} finally {
		await desk.world.close();
	}
});
