/** Further imports with the files of the national system: what each must lead to stands in `expected.json`. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../../tests/world.ts';
import { newestAssessment } from '#modules/competency/server/index.ts';
import { historyHours } from '#modules/credentials/server/index.ts';
import { predicatesIn } from '#modules/performance/server/index.ts';
import { indexOf } from '#modules/service/server/index.ts';
import { systemActor } from '#platform/actor.ts';
import type { Import } from '#platform/imports/imports.ts';
import { importRows, type ImportRow } from '#platform/imports/rows.ts';
import { sentence } from '#platform/sentences.ts';
import { importDesk } from './import-desk.ts';
import { importKinds, importNames } from './import-kinds.ts';

const folder = resolve('src/modules/people/fixtures');
const fixture = (name: string): string => readFileSync(join(folder, name), 'utf8');
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape of what is expected differs by file
const expected = (JSON.parse(fixture('expected.json')) as { files: Record<string, any> }).files;
const at = new Date('2026-01-31T03:00:00Z');
let world: World;

const desk = importDesk(() => world, at);
const rehearse = (name: string, text: string) => desk.rehearse(systemActor, name, text);
const bring = (name: string, text: string) => desk.bring(systemActor, name, text);
const undo = (id: string) => desk.undo(systemActor, id);
const rowsOf = (id: string): Promise<ImportRow[]> => importRows(world.db, id, undefined, 0, 100_000);
const counts = ({ counts: { rows, new: fresh, changed, unchanged, refused, warned, skipped, absent } }: Import) => ({
	rows,
	new: fresh,
	changed,
	unchanged,
	refused,
	warned,
	skipped,
	absent
});
const same = (rows: number, refused = 0) => ({ rows, new: 0, changed: 0, unchanged: rows - refused, refused, skipped: 0, absent: 0 });
/** Rows of the file by their fault's code: keys. */
async function keysBy(id: string, key: (row: ImportRow) => string): Promise<Record<string, string[]>> {
	const by: Record<string, string[]> = {};
	for (const row of await rowsOf(id)) for (const code of new Set(row.faults.map((fault) => fault.code))) (by[code] ??= []).push(key(row));
	return Object.fromEntries(Object.entries(by).map(([code, keys]) => [code, keys.sort()]));
}
const officerIds = async () =>
	new Map(
		(await sql<{ id: string; siasn_id: string }>`select id, siasn_id from people.officers`.execute(world.db)).rows.map((row) => [
			row.siasn_id,
			row.id
		])
	);
const linesOf = (text: string): string[] => text.trimEnd().split(/\r?\n/);
/** The same rows, turned round. */
const turned = (text: string): string => [linesOf(text)[0], ...linesOf(text).slice(1).reverse()].join('\n');

beforeAll(async () => {
	world = await openWorld();
	await bring('units', fixture('unor.csv'));
	await bring('officers', fixture('export-data-asn-200.csv'));
});
afterAll(() => world.close());

test('every kind has a name in both languages and a handler', () => {
	expect(Object.values(importNames).sort()).toEqual(importKinds.map((kind) => kind.kind).sort());
	for (const kind of Object.values(importNames))
		for (const key of [`import_kind_${kind.replace('.', '_')}`, `import_kind_${kind.replace('.', '_')}_hint`])
			for (const locale of ['id', 'en'] as const) expect(sentence(key, {}, locale)).not.toBe(key);
});

describe('training history', () => {
	const courses = fixture('riwayat-kursus.csv');
	const { quirks, hours_2025: hours } = expected['riwayat-kursus.csv'];

	test('courses: every quirk is named at its row, hours of 2025 are those expected', async () => {
		const done = await bring('riwayat-kursus', courses);
		expect(counts(done)).toMatchObject({ rows: 787, refused: quirks.person_unknown.length, changed: 0, skipped: 0 });
		const ids = linesOf(courses).map((line) => line.split(',')[0]!);
		const by = await keysBy(done.id, (row) => ids[row.row - 1]!);
		expect(by.person_unknown).toEqual([...quirks.person_unknown].sort());
		expect(by.certificate_number_missing).toEqual([...quirks.no_certificate_number].sort());
		expect(by.hours_missing).toEqual([...quirks.no_hours].sort());
		expect(by.year_differs).toEqual([...quirks.year_differs_from_date].sort());
		expect(by.ends_before_start).toEqual([...quirks.ends_before_it_starts].sort());
		expect(by.structural_among_courses).toEqual([...quirks.structural_among_courses].sort());
		// of each pair the later in the file is named
		expect(by.training_twice).toEqual(
			(quirks.entered_twice as [string, string][]).map((pair) => pair.toSorted((a, b) => ids.indexOf(b) - ids.indexOf(a))[0]!).sort()
		);
		expect(Object.keys(by)).toHaveLength(7);
		const people = await officerIds();
		const counted = await historyHours(world.db, 'course', 2025);
		expect(Object.fromEntries([...people].flatMap(([siasn, id]) => (counted.has(id) ? [[siasn, counted.get(id)]] : [])))).toEqual(hours);
	});

	test('the same again, and turned round, changes nothing and counts the same hours', async () => {
		for (const text of [courses, turned(courses)]) expect(counts(await bring('riwayat-kursus', text))).toMatchObject(same(787, 6));
		const total = [...(await historyHours(world.db, 'course', 2025)).values()].reduce((sum, one) => sum + one, 0);
		expect(total).toBe(Object.values(hours as Record<string, number>).reduce((sum, one) => sum + one, 0));
	});

	test('a changed cell is a changed row with before and after; undo gives back what was', async () => {
		const state = async () =>
			(
				await sql`select jsonb_agg(to_jsonb(t) - 'imported_by' order by t.source_key) as s from credentials.external_trainings t`.execute(
					world.db
				)
			).rows;
		const before = await state();
		const lines = linesOf(courses);
		const place = lines[0]!.split(',').indexOf('jumlahJam');
		const at30 = lines[30]!.split(',');
		const was = at30[place];
		at30[place] = '7';
		const done = await bring('riwayat-kursus', [...lines.slice(0, 30), at30.join(','), ...lines.slice(31)].join('\n'));
		expect(counts(done)).toMatchObject({ new: 0, changed: 1 });
		expect((await rowsOf(done.id)).find((row) => row.outcome === 'changed')!.changes).toEqual([
			{ column: 'jumlahJam', before: was, after: '7' }
		]);
		await undo(done.id);
		expect(await state()).toEqual(before);
	});

	test('structural training', async () => {
		const { quirks: planted } = expected['riwayat-diklat.csv'];
		const text = fixture('riwayat-diklat.csv');
		const done = await bring('riwayat-diklat', text);
		const ids = linesOf(text).map((line) => line.split(',')[0]!);
		expect(counts(done)).toMatchObject({ rows: 50, new: 50, refused: 0 });
		const by = await keysBy(done.id, (row) => ids[row.row - 1]!);
		expect(by.training_type_unknown).toEqual([...planted.kind_unknown].sort());
		expect(by.date_missing).toEqual([...planted.no_date].sort());
		expect(by.training_twice).toEqual(
			(planted.entered_twice as [string, string][]).map((pair) => pair.toSorted((a, b) => ids.indexOf(b) - ids.indexOf(a))[0]!).sort()
		);
		const { rows } = await sql<{ once: number; people: number }>`select count(*)::int as once, count(distinct officer_id)::int as people
			from credentials.external_trainings_once where kind = 'structural'`.execute(world.db);
		expect(rows[0]).toEqual({ once: 48, people: 25 });
		await undo(done.id);
		const left = await sql<{ n: number }>`select count(*)::int as n from credentials.external_trainings where kind = 'structural'`.execute(
			world.db
		);
		expect(left.rows[0]!.n).toBe(0);
	});
});

test('appraisals: predicates that agree with the matrix by year, numbers before 2022, nothing filled in', async () => {
	const want = expected['predikat-kinerja.csv'];
	const text = fixture('predikat-kinerja.csv');
	const done = await bring('predikat-kinerja', text);
	expect(counts(done)).toMatchObject({ rows: 958, new: 958, refused: 0 });
	const label = (predicate: string) =>
		predicate
			.split('_')
			.map((word) => word[0]!.toUpperCase() + word.slice(1))
			.join(' ');
	for (const [year, predicates] of Object.entries(want.predikat_by_year))
		expect(
			Object.fromEntries([...(await predicatesIn(world.db, Number(year)))].map(([name, count]) => [label(name), count])),
			year
		).toEqual(predicates);
	const { rows: numbers } = await sql<{
		year: number;
		n: number;
	}>`select year, count(*)::int as n from performance.appraisals where score is not null group by year`.execute(world.db);
	expect(Object.fromEntries(numbers.map((row) => [row.year, row.n]))).toEqual(want.numbers_by_year);
	const rows = await rowsOf(done.id);
	const rowsWith = (code: string, column?: string) =>
		rows.filter((row) => row.faults.some((fault) => fault.code === code && (!column || fault.column === column))).map((row) => row.row);
	const planted = (...names: string[]) =>
		names.flatMap((name) => want.quirks[name].map((one: { row: number }) => one.row)).sort((a, b) => a - b);
	expect(rowsWith('rating_missing', 'perilaku_kerja')).toEqual(planted('behaviour_missing'));
	expect(rowsWith('rating_missing', 'hasil_kerja')).toEqual(planted('result_missing'));
	expect(rowsWith('appraisal_empty')).toEqual(planted('all_missing'));
	expect(rowsWith('predicate_contradicts')).toEqual(planted('contradicts_matrix'));
	expect(counts(await bring('predikat-kinerja', turned(text)))).toMatchObject(same(958));
	await undo(done.id);
	const left = await sql<{ n: number }>`select count(*)::int as n from performance.appraisals`.execute(world.db);
	expect(left.rows[0]!.n).toBe(0);
});

test('a sheet made here may name the person by a number, of now or before; two who contradict each other are refused', async () => {
	const { rows } = await sql<{ id: string; siasn_id: string; name: string; number: string }>`
		select o.id, o.siasn_id, o.full_name as name, n.number from people.officers o join people.officer_numbers n on n.officer_id = o.id and n.valid_to is null
		order by o.siasn_id limit 3`.execute(world.db);
	const [one, two, three] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
	await sql`insert into people.officer_numbers (officer_id, number, kind, valid_from, valid_to)
		values (${two.id}, '199001012021011001', 'NI_PPPK', '2021-01-01', '2024-12-31')`.execute(world.db);
	const levels = 'M.1,M.2,M.3,M.4,M.5,M.6,M.7,M.8,SK.1';
	for (const heading of ['pns_id,nip_baru', 'idPns,NIP']) {
		const people = `,${one.number}\n,19900101 202101 1 001\n${three.siasn_id},${three.number}\n${one.siasn_id},${two.number}`;
		const wrong = ',1.99001E+17\n,199912312024011009\n,';
		const sheet = `${people}\n${wrong}`.replace(/$/gm, ',23-06-2025,3,3,3,3,3,3,3,3,3');
		const { id } = await rehearse('hasil-asesmen', `${heading},tanggal_asesmen,${levels}\n${sheet}`);
		const found = await rowsOf(id);
		expect(found.map((row) => row.outcome)).toEqual(['new', 'new', 'new', 'refused', 'refused', 'refused', 'refused']);
		expect(found.slice(0, 3).map((row) => row.label)).toEqual([one.name, two.name, three.name]);
		expect(found.slice(3).flatMap((row) => row.faults.map(({ code, column }) => `${column}: ${code}`))).toEqual([
			'nip_baru: person_contradicts',
			'nip_baru: nip_scientific',
			'nip_baru: person_unknown',
			'pns_id: person_unknown'
		]);
	}
});

test('assessments become ratings; the newest of a person against the common standard gives the expected match and category', async () => {
	const want = expected['hasil-asesmen.csv'];
	const text = fixture('hasil-asesmen.csv');
	const done = await bring('hasil-asesmen', text);
	expect(counts(done)).toMatchObject({ rows: 88, new: 88, refused: 0, warned: 3 });
	const rows = await rowsOf(done.id);
	const faults = rows.flatMap((row) => row.faults.map((fault) => [row.row, fault.code, fault.column]));
	expect(faults).toEqual(
		[
			...want.quirks.level_missing.map((one: { row: number; competency: string }) => [one.row, 'level_missing', one.competency]),
			...want.quirks.level_impossible.map((one: { row: number; competency: string }) => [one.row, 'level_impossible', one.competency])
		].sort((a, b) => a[0] - b[0])
	);
	const people = await officerIds();
	for (const [siasn, result] of Object.entries(want.newest_per_person as Record<string, Record<string, string | number | boolean>>)) {
		const found = (await newestAssessment(world.db, at, people.get(siasn)!))!;
		expect(found.assessedOn.split('-').reverse().join('-'), siasn).toBe(result.date);
		expect(found.purpose).toBe(result.purpose);
		expect(found.validUntil! >= '2026-01-31').toBe(result['valid_on_2026-01-31']);
		expect(found.match?.withSurplus.toFixed(2), siasn).toBe(result.jpm);
		expect(found.match?.withoutSurplus.toFixed(2), siasn).toBe(result.jpm_capped);
		expect(found.category ?? undefined, siasn).toBe(result.category);
		expect(found.categoryWithoutSurplus ?? undefined, siasn).toBe(result.category_capped);
	}
	const ratings = async () =>
		(await sql<{ n: number }>`select count(*)::int as n from competency.ratings where source = 'assessment_centre'`.execute(world.db))
			.rows[0]!.n;
	expect(await ratings()).toBe(88 * 9 - 3);
	expect(counts(await bring('hasil-asesmen', turned(text)))).toMatchObject(same(88));
	expect(await ratings()).toBe(88 * 9 - 3);
	// a corrected level replaces what followed from the old one, and comes back with undo
	const lines = linesOf(text);
	const cells = lines[3]!.split(',');
	cells[9] = '4';
	const mended = await bring('hasil-asesmen', [lines[0], cells.join(',')].join('\n'));
	expect(counts(mended)).toMatchObject({ rows: 1, changed: 1, warned: 0, absent: 0 });
	expect(await ratings()).toBe(88 * 9 - 2);
	await undo(mended.id);
	expect(await ratings()).toBe(88 * 9 - 3);
	await undo(done.id);
	expect(await ratings()).toBe(0);
});

test('answers of citizens: the exact index of every unit, half up, and undo closes what it opened', async () => {
	const want = expected['skm-2024.csv'];
	const text = fixture('skm-2024.csv');
	const done = await bring('skm', text);
	expect(counts(done)).toMatchObject({ rows: 1566, new: 1566, refused: 0, warned: 0 });
	const { rows: units } = await sql<{
		id: string;
		siasn_id: string;
		code: string;
	}>`select s.id, u.siasn_id, s.code from service.service_units s
		join people.units u on u.id = s.unit_id`.execute(world.db);
	expect(units).toHaveLength(Object.keys(want.units).length);
	for (const unit of units) {
		const result = await indexOf(world.db, systemActor, unit.id, '2024-01-01', '2024-12-31');
		const { index, grade, respondents, elements } = want.units[unit.siasn_id];
		expect(result.state).toBe('shown');
		if (result.state !== 'shown') continue;
		expect([result.index.toFixed(2), result.band?.grade, result.respondents]).toEqual([index, grade, respondents]);
		expect(Object.fromEntries(result.elements.map((one) => [one.code, { sum: one.sum, answered: one.count }]))).toEqual(
			Object.fromEntries(
				Object.entries(elements as Record<string, { sum: number; answered: number }>).map(([code, { sum, answered }]) => [
					code,
					{ sum, answered }
				])
			)
		);
	}
	expect(counts(await bring('skm', turned(text)))).toMatchObject(same(1566));
	const bad = linesOf(text)[1]!
		.replace(/,\d+,L,/, ',99999,L,')
		.split(',');
	const faulty = [
		linesOf(text)[0],
		[...bad.slice(0, 9), '5', ...bad.slice(10)].join(','),
		[...bad.slice(0, 4), '99998', ...bad.slice(5, 9), ...Array(9).fill('-')].join(',')
	];
	const refused = await rehearse('skm', faulty.join('\n'));
	expect((await rowsOf(refused.id)).map((row) => row.faults.map((fault) => fault.code))).toEqual([
		['answer_impossible'],
		['nothing_answered']
	]);
	await undo(done.id);
	const left = await sql<{
		responses: number;
		units: number;
	}>`select (select count(*)::int from service.skm_responses) as responses, (select count(*)::int from service.service_units) as units`.execute(
		world.db
	);
	expect(left.rows[0]).toEqual({ responses: 0, units: 0 });
});
