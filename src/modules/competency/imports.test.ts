/** Catalogues and standards as sheets: what each row leads to, twice as once, in any order, and back again. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { actorOfAccount, faultWords } from '#modules/people/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { systemActor } from '#platform/actor.ts';
import { createImport, importById, importJob, requestApply, undoImport, type Import } from '#platform/imports/imports.ts';
import { importRows, type ImportRow } from '#platform/imports/rows.ts';
import { xlsxStream } from '#platform/sheets/xlsx-writer.ts';
import {
	catalogueImport,
	competencyByCode,
	endStandard,
	levelLabels,
	posts,
	profileOf,
	recordRating,
	setStandard,
	standardSheet,
	standardsImport
} from './server/index.ts';

const kinds = [catalogueImport, standardsImport];
const fixture = (name: string): string => readFileSync(`src/modules/competency/fixtures/${name}.csv`, 'utf8').trimEnd();
const at = new Date('2026-11-24T03:00:00Z');
const worlds: World[] = [];
let world: World;
let province: SmallProvince;

beforeEach(async () => {
	world = await openWorld();
	worlds.push(world);
	province = await world.transaction(smallProvince);
	for (const [name, ref] of [
		['Perawat Ahli Muda', 'jabatan-perawat-muda'],
		['Perawat Ahli Pertama', 'jabatan-perawat-pertama']
	])
		await sql`update people.post_assignments set post_ref = ${ref} where post_name = ${name}`.execute(world.db);
	// one name, two posts
	await sql`update people.post_assignments set post_ref = officer_id::text where post_name = 'Pengelola Layanan Operasional'`.execute(
		world.db
	);
});
afterAll(async () => {
	for (const one of worlds) await one.close();
});

const kindOf = { catalogue: 'competency.catalogue', standards: 'competency.standards' };
async function rehearse(kind: keyof typeof kindOf, text: string | Uint8Array): Promise<Import> {
	const input = { kind: kindOf[kind], fileName: 'berkas.csv', bytes: typeof text === 'string' ? Buffer.from(text) : text };
	const { id } = await world.transaction((db) => createImport(db, world.files, systemActor, at, input));
	await importJob(world.db, world.files, kinds, () => at, actorOfAccount)({ importId: id });
	return importById(world.db, id);
}
async function bring(kind: keyof typeof kindOf, text: string | Uint8Array): Promise<Import> {
	const { id } = await rehearse(kind, text);
	await world.transaction((db) => requestApply(db, systemActor, at, id));
	await importJob(world.db, world.files, kinds, () => at, actorOfAccount)({ importId: id });
	const done = await importById(world.db, id);
	expect(done.state).toBe('applied');
	return done;
}
const undo = (id: string) => world.transaction((db) => undoImport(db, kinds, systemActor, at, id));
const rowsOf = (id: string): Promise<ImportRow[]> => importRows(world.db, id, undefined, 0, 1000);
const faultsOf = async (id: string) => (await rowsOf(id)).map((row) => row.faults.map((fault) => `${fault.column}: ${fault.code}`));
const turned = (text: string): string => {
	const [head, ...rows] = text.split('\n');
	return [head, ...rows.reverse()].join('\n');
};
/** Everything that the imports may touch, without ids. */
const state = async () =>
	(
		await sql<Record<string, unknown>>`
			select 'level' as what, k.code, k.name_id as a, l.level::text as b, l.summary_id as c, l.indicators::text as d from competency.competencies k join competency.levels l on l.competency_id = k.id
			union all select 'standard', k.code, coalesce(s.post_ref, s.rung), s.valid_from::text, s.level::text, s.valid_to::text
				from competency.standards s join competency.competencies k on k.id = s.competency_id
			order by 1, 2, 3, 4, 5, 6`.execute(world.db)
	).rows;
const words = async (id: string) =>
	(await rowsOf(id)).flatMap((row) => row.faults.map((fault) => faultWords('competency.catalogue', fault, 'id')));

test('a catalogue becomes competencies with levels and indicators; twice and turned round is once; undo leaves nothing', async () => {
	const before = await state();
	const text = fixture('katalog-kompetensi');
	const done = await bring('catalogue', text);
	expect(done.counts).toMatchObject({ rows: 3, new: 3, refused: 0, warned: 1 });
	const patient = await competencyByCode(world.db, 'T.KES.01');
	expect(patient).toMatchObject({
		name: 'Edukasi Pasien',
		category: 'teknis',
		field: 'Kesehatan',
		basis: 'Keputusan Contoh 1/2026',
		confidence: 'confirmed'
	});
	const levels = await levelLabels(world.db, patient.id);
	expect(levels.map(({ level, label }) => `${level} ${label}`)).toEqual(['1 Paham', '2 Dasar', '3 Menengah', '4 Mumpuni', '5 Ahli']);
	expect(levels[1]).toMatchObject({
		summary: 'Menjelaskan dengan kata sehari-hari',
		indicators: ['Memakai kata pasien sendiri', 'Meminta pasien mengulang']
	});
	const filled = await state();
	for (const again of [text, turned(text)])
		expect((await bring('catalogue', again)).counts).toMatchObject({ rows: 3, new: 0, changed: 0, unchanged: 3 });
	expect(await state()).toEqual(filled);
	await undo(done.id);
	expect(await state()).toEqual(before);
});

test('a changed wording is named cell by cell and comes back with undo; a competency in use stays', async () => {
	const text = fixture('katalog-kompetensi');
	const first = await bring('catalogue', text);
	const filled = await state();
	const mended = await bring('catalogue', text.replace('Membacakan lembar petunjuk', 'Membacakan petunjuk pelan-pelan'));
	expect(mended.counts).toMatchObject({ new: 0, changed: 1, unchanged: 2 });
	expect((await rowsOf(mended.id)).flatMap((row) => row.changes)).toEqual([
		{ column: 'level_1', before: 'Membacakan lembar petunjuk', after: 'Membacakan petunjuk pelan-pelan' }
	]);
	expect((await levelLabels(world.db, (await competencyByCode(world.db, 'T.KES.01')).id))[0]!.summary).toBe(
		'Membacakan petunjuk pelan-pelan'
	);
	await undo(mended.id);
	expect(await state()).toEqual(filled);
	const { id } = await competencyByCode(world.db, 'T.KES.02');
	await world.transaction((db) =>
		recordRating(db, province.learner, at, { officerId: province.learner.officerId!, competencyId: id, level: 2, source: 'self' })
	);
	await undo(first.id);
	expect((await rowsOf(first.id)).map((row) => row.kept_because)).toEqual([null, 'competency.ratings', null]);
	expect((await levelLabels(world.db, id)).map(({ level }) => level)).toEqual([1, 2, 3, 4, 5]);
	await expect(competencyByCode(world.db, 'T.KES.01')).rejects.toThrow();
});

test('faults of a catalogue name row, column and mend', async () => {
	const { id, counts } = await rehearse('catalogue', fixture('katalog-kompetensi-salah'));
	expect(await faultsOf(id)).toEqual([
		['kode: code_national'],
		['kode: code_unreadable'],
		['kode: code_missing'],
		['level_3: cell_missing'],
		['berlaku_mulai: date_impossible'],
		['dasar: formula'],
		['null: indicators_missing'],
		['kode: key_twice']
	]);
	expect(counts).toMatchObject({ rows: 8, new: 1, refused: 7, warned: 1 });
	for (const sentence of await words(id)) expect(sentence).not.toMatch(/^(competency|people)_fault/);
});

const ratnas = async (when = at) =>
	Object.fromEntries(
		(await profileOf(world.db, when, province.learner.officerId!)).map((row) => [row.code, `${row.required} ${row.requiredBasis}`])
	);

test('a standard counts from its first day, what it leaves out follows the rung; twice, turned round, and back', async () => {
	const before = await state();
	const text = fixture('skj');
	const done = await bring('standards', text);
	expect(done.counts).toMatchObject({ rows: 6, new: 6, refused: 0, warned: 2 });
	expect(await ratnas(new Date('2026-02-28T03:00:00Z'))).toMatchObject({ 'M.1': '3 rung', 'M.3': '3 rung' });
	expect(await ratnas()).toMatchObject({ 'M.1': '3 post', 'M.2': '3 rung', 'M.3': '4 post', 'SK.1': '2 post' });
	// found by its name, whatever its spaces and capitals
	const { rows } = await sql<{
		post_ref: string;
	}>`select distinct post_ref from competency.standards where post_ref is not null order by 1`.execute(world.db);
	expect(rows.map((row) => row.post_ref)).toEqual(['jabatan-perawat-muda', 'jabatan-perawat-pertama', 'jabatan-perawat-utama']);
	// nobody holds it, so its name is the sheet's
	const list = await posts(world.db, province.administrator, { search: 'ahli utama' });
	expect(list).toMatchObject([{ post_name: 'Perawat Ahli Utama', officers: 0, valid_from: '2026-03-01' }]);
	const filled = await state();
	for (const again of [text, turned(text)])
		expect((await bring('standards', again)).counts).toMatchObject({ rows: 6, new: 0, changed: 0, unchanged: 6 });
	expect(await state()).toEqual(filled);
	await undo(done.id);
	expect(await state()).toEqual(before);
	await bring('standards', turned(text));
	expect(await state()).toEqual(filled);
});

test('a workbook with real dates and numbers comes to the same as the text file', async () => {
	await bring('standards', fixture('skj'));
	const filled = await state();
	const [heading, ...rows] = fixture('skj')
		.split('\n')
		.map((line) => line.split(','));
	const kinds = { level: 'number', berlaku_mulai: 'date' } as const;
	const cell = (text: string, column: string) =>
		column === 'level' ? Number(text) : column === 'berlaku_mulai' ? text.split('-').reverse().join('-') : text;
	const workbook = xlsxStream({
		name: 'SKJ',
		columns: heading!.map((label) => ({ label, kind: kinds[label as keyof typeof kinds] ?? 'text' })),
		rows: (async function* () {
			yield rows.map((row) => row.map((text, n) => cell(text, heading![n]!)));
		})()
	});
	const bytes = new Uint8Array(await new Response(workbook as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
	expect((await bring('standards', bytes)).counts).toMatchObject({ rows: 6, new: 0, changed: 0, unchanged: 6, refused: 0 });
	expect(await state()).toEqual(filled);
});

const version = (day: string, ...levels: [code: string, level: number][]) =>
	[
		'jabatan_id,nama_jabatan,kode_kompetensi,level,berlaku_mulai,dasar',
		...levels.map(([code, level]) => `jabatan-perawat-muda,Perawat Ahli Muda,${code},${level},${day},Pergub`)
	].join('\n');

test('a new version ends the one before, says what it leaves out, and gives it back when undone; an end by hand stays', async () => {
	await bring('standards', fixture('skj'));
	const filled = await state();
	const later = await bring('standards', version('01-09-2026', ['M.3', 3], ['M.5', 4]));
	expect((await rowsOf(later.id)).map((row) => row.faults.map((fault) => [fault.code, fault.params]))).toEqual([
		[['version_leaves_out', { codes: 'M.1, SK.1', day: '2026-09-01' }]],
		[]
	]);
	expect(later.counts.warned).toBe(1);
	expect(await ratnas()).toMatchObject({ 'M.1': '3 rung', 'M.3': '3 post', 'M.5': '4 post', 'SK.1': '3 rung' });
	expect(await ratnas(new Date('2026-08-31T03:00:00Z'))).toMatchObject({ 'M.3': '4 post', 'SK.1': '2 post' });
	await undo(later.id);
	expect(await state()).toEqual(filled);
	// ended in June by hand, then a version from September comes and goes: the end in June stays
	await world.transaction((db) => endStandard(db, province.administrator, new Date('2026-06-10T03:00:00Z'), 'jabatan-perawat-muda'));
	const ended = await state();
	await undo((await bring('standards', version('01-09-2026', ['M.3', 3]))).id);
	expect(await state()).toEqual(ended);
	expect(await ratnas()).toMatchObject({ 'M.3': '3 rung' });
});

test('two versions in one file, in any order, come to the same', async () => {
	const both = `${version('01-03-2026', ['M.1', 2], ['M.3', 4])}\n${version('01-09-2026', ['M.3', 5]).split('\n')[1]}`;
	const done = await bring('standards', both);
	const straight = await state();
	await undo(done.id);
	await bring('standards', turned(both));
	expect(await state()).toEqual(straight);
	expect(await ratnas()).toMatchObject({ 'M.1': '3 rung', 'M.3': '5 post' });
});

test('the past is not changed: an older version and one set by hand are refused, an addition is said', async () => {
	await bring('standards', version('01-09-2026', ['M.3', 3]));
	const added = await rehearse('standards', version('01-09-2026', ['M.3', 3], ['M.4', 4]));
	expect(await faultsOf(added.id)).toEqual([[], ['kode_kompetensi: version_extended']]);
	const older = await rehearse('standards', version('01-08-2026', ['M.3', 2]));
	expect(await faultsOf(older.id)).toEqual([['berlaku_mulai: version_older']]);
	const levels = [{ competencyId: (await competencyByCode(world.db, 'M.3')).id, level: 4 }];
	await world.transaction((db) =>
		setStandard(
			db,
			province.administrator,
			at,
			{ kind: 'post', ref: 'jabatan-perawat-muda' },
			{ validFrom: '2026-10-01', basis: 'Pergub', levels }
		)
	);
	expect(await ratnas()).toMatchObject({ 'M.3': '4 post' });
	const byHand = await rehearse('standards', version('01-10-2026', ['M.3', 2]));
	expect(await faultsOf(byHand.id)).toEqual([['berlaku_mulai: version_by_hand']]);
});

test('a post that nobody holds yet keeps the name of its sheet, also after a version set by hand', async () => {
	const subject = { kind: 'post', ref: 'jabatan-baru' } as const;
	await bring(
		'standards',
		version('01-03-2026', ['M.1', 3]).replace('jabatan-perawat-muda,Perawat Ahli Muda', 'jabatan-baru,Perawat Antariksa')
	);
	const named = async () => [
		(await standardSheet(world.db, province.administrator, at, subject)).name,
		(await posts(world.db, province.administrator, { search: 'Antariksa' })).map((post) => post.post_ref)
	];
	expect(await named()).toEqual(['Perawat Antariksa', ['jabatan-baru']]);
	const levels = [{ competencyId: (await competencyByCode(world.db, 'M.3')).id, level: 4 }];
	await world.transaction((db) =>
		setStandard(db, province.administrator, at, subject, { validFrom: '2026-10-01', basis: 'Pergub', levels })
	);
	expect(await named()).toEqual(['Perawat Antariksa', ['jabatan-baru']]);
});

test('faults of standards name row, column and mend', async () => {
	const { id, counts } = await rehearse('standards', fixture('skj-salah'));
	expect(await faultsOf(id)).toEqual([
		['level: standard_level'],
		['kode_kompetensi: code_unknown'],
		['kode_kompetensi: code_missing'],
		['nama_jabatan: post_unknown'],
		['nama_jabatan: post_ambiguous'],
		['nama_jabatan: post_missing'],
		['berlaku_mulai: date_missing_needed'],
		['dasar: cell_missing'],
		[],
		['kode_kompetensi: key_twice']
	]);
	expect(counts).toMatchObject({ rows: 10, new: 1, refused: 9 });
	for (const sentence of await words(id)) expect(sentence).not.toMatch(/^(competency|people)_fault/);
});
