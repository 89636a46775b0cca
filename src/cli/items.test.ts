import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from './items.ts';

/** An analyst at the training centre runs `siginjai items` on a file of her own. */

const folder = mkdtempSync(join(tmpdir(), 'items-'));
afterAll(() => rmSync(folder, { recursive: true }));

let out: string[] = [];
let faults: string[] = [];
beforeEach(() => {
	out = [];
	faults = [];
	vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
	vi.spyOn(console, 'error').mockImplementation((text: string) => void faults.push(text));
});
afterEach(() => vi.restoreAllMocks());

function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}
const reference = (name: string) => fileURLToPath(new URL(`../statistics/reference-data/data/${name}`, import.meta.url));

async function items(...args: string[]) {
	const code = await run([...args, '--json']);
	return { code, answer: code === 0 ? JSON.parse(out.join('\n')) : null, faults };
}

/** Everybody's row repeated, so that a handful of lines makes a class. */
const csv = (head: string, lines: string[], times = 1) => [head, ...Array.from({ length: times }, () => lines).flat()].join('\n') + '\n';

describe('a file of right and wrong answers', () => {
	test('the law school section: classical figures, Rasch and 2PL as printed in the literature', async () => {
		const { code, answer } = await items(reference('lsat6.csv'));
		expect(code).toBe(0);
		expect(answer.n).toBe(1000);
		expect(answer.items.map((item: { difficulty: number }) => item.difficulty)).toEqual([0.924, 0.709, 0.553, 0.763, 0.87]);
		expect(answer.reliability.alpha).toBeCloseTo(0.295, 3);
		expect(answer.rasch.items[2].b).toBeCloseTo(1.236, 3);
		expect(answer.twoPl.items[0].a).toBeCloseTo(0.8254, 2);
		expect(answer.dif).toBeNull();
		expect(answer.warnings).toEqual(['LOW_RELIABILITY', 'CEILING_EFFECT']);
	});

	test('the mathematics exam: background columns are not items, and exam groups are compared', async () => {
		const { answer } = await items(reference('math_exam_14w.csv'), '--group', 'group');
		expect(answer.items).toHaveLength(13);
		expect(answer.ignoredColumns).toEqual(['gender', 'semester', 'attempt']);
		const [comparison] = answer.dif.comparisons;
		expect([comparison.reference, comparison.focal]).toEqual(['1', '2']);
		expect(comparison.items.map((item: { etsClass: string }) => item.etsClass).join('')).toBe('CBAAABCBCBCBA');
		expect(answer.items[0].flags).toEqual(['DIF_CLASS_C']);
		expect(answer.warnings).toContain('DIF_CLASS_C');
	});

	test('--focal turns the comparison round', async () => {
		const forward = (await items(reference('math_exam_14w.csv'), '--group', 'group', '--focal', '2')).answer;
		out = [];
		const back = (await items(reference('math_exam_14w.csv'), '--group', 'group', '--focal', '1')).answer;
		expect(back.dif.comparisons[0].items[0].delta).toBeCloseTo(-forward.dif.comparisons[0].items[0].delta, 8);
	});

	test('between 30 and 99 persons every item is "sementara"; below 30 there are no figures', async () => {
		const head = 'id;Q1;Q2;Q3';
		const lines = ['a;1;0;1', 'b;1;1;0', 'c;0;0;1', 'd;1;0;0', 'e;1;1;1'];
		const small = await items(file('small.csv', csv(head, lines, 5)));
		expect(small.answer.items[0]).toMatchObject({ difficulty: null, label: null, flags: [] });
		expect(small.answer.warnings).toContain('TOO_FEW_FOR_ITEM_STATISTICS');
		out = [];
		const more = await items(file('more.csv', '\uFEFF' + csv(head, lines, 6).replaceAll('\n', '\r\n')));
		expect(more.answer.n).toBe(30);
		expect(more.answer.items[0]).toMatchObject({ item: 'Q1', difficulty: 0.8, label: 'sementara' });
		expect(more.answer.rasch).toBeNull();
		expect(more.answer.ignoredColumns).toEqual(['id']);
	});

	test('rows with a gap are left out and counted; an item without variance is named', async () => {
		const lines = ['1,0,1,1', '0,1,1,1', '1,1,0,1', '0,0,1,1'];
		const { answer } = await items(file('gaps.csv', csv('Q1,Q2,Q3,Q4', [...lines, ',,,', '1,,0,1'], 30)));
		expect([answer.n, answer.rows, answer.emptyRows, answer.incompleteRows]).toEqual([120, 180, 30, 30]);
		expect(answer.warnings).toContain('ITEM_WITHOUT_VARIANCE');
		expect(answer.rasch.excluded).toEqual([{ item: 'Q4', reason: 'ALL_RIGHT' }]);
		expect(answer.rasch.items[3]).toMatchObject({ item: 'Q4', b: null });
		expect(answer.notes.join(' ')).toContain('30 baris dengan sel kosong');
	});
});

describe('a file of chosen options with a key', () => {
	const responses = csv('nama,S1,S2,S3', ['Sari,A,b,C', 'Anton,B,B,', 'Yuli,A,C,C', 'Rudi,C,A,D'], 10);

	test('small and large letters are one option, an open answer is wrong, options nobody took are seen', async () => {
		const key = file('key.csv', 'item,key,options\nS1,a,A|B|C|D\nS2,B,\nS3,C,\n');
		const { answer } = await items(file('chosen.csv', responses), '--key', key);
		expect(answer.n).toBe(40);
		const [first, second, third] = answer.items;
		expect([first.key, first.difficulty, second.difficulty, third.difficulty]).toEqual(['A', 0.5, 0.5, 0.5]);
		expect(third.omitted).toBe(10);
		expect(first.distractors.map(({ option, count }: { option: string; count: number }) => `${option}${count}`)).toEqual([
			'A20',
			'B10',
			'C10',
			'D0'
		]);
		expect(first.distractors[3].flags).toEqual(['NOT_WORKING']);
	});

	test('a key in one row under the names of the items means the same', async () => {
		const list = await items(file('chosen.csv', responses), '--key', file('key.csv', 'butir;kunci\nS1;A\nS2;B\nS3;C\n'));
		out = [];
		const row = await items(file('chosen.csv', responses), '--key', file('row.csv', 'S1,S2,S3\nA,B,C\n'));
		expect(row.answer).toEqual(list.answer);
	});

	test('a wrong key shows as "periksa kunci"', async () => {
		const able = Array.from({ length: 60 }, (_, person) => (person < 30 ? 'A,A,A,B' : 'B,B,B,A'));
		const { answer } = await items(
			file('wrong.csv', csv('S1,S2,S3,S4', able)),
			'--key',
			file('key.csv', 'item,key\nS1,A\nS2,A\nS3,A\nS4,A\n')
		);
		expect(answer.items[3].flags).toContain('CHECK_KEY');
		expect(answer.notes.join(' ')).toContain('Periksa kunci');
		expect(answer.reliability.checkKeying).toEqual(['S4']);
	});
});

describe('a bad file ends with 2 and a line for every fault', () => {
	const good = csv('Q1,Q2,Q3,kelas', ['1,0,1,x', '0,1,1,y', '1,1,0,x', '0,1,0,y', '1,0,0,x'], 2);
	const cases: [name: string, files: Record<string, string>, args: string[], said: RegExp[]][] = [
		['a stray value', { 'r.csv': good.replace('0,1,1,y', '0,7,1,y') }, [], [/baris 3 kolom "Q2": "7" bukan 0 atau 1. Isi 1/]],
		[
			'two stray values, a blank line before',
			{ 'r.csv': good.replace('1,1,0,x', '\nx,1,9,x') },
			[],
			[/baris 5 kolom "Q1": "x"/, /baris 5 kolom "Q3": "9"/]
		],
		['a row too short', { 'r.csv': good.replace('0,1,1,y', '0,1') }, [], [/baris 3: ada 2 sel, judulnya 4 kolom/]],
		['a name used twice', { 'r.csv': good.replace('Q2', 'Q1') }, [], [/baris 1 kolom 2: judul "Q1" dipakai dua kali/]],
		['an open quote', { 'r.csv': good.replace('1,1,0,x', '1,"1,0,x') }, [], [/tanda kutip/]],
		['nothing', { 'r.csv': '' }, [], [/berkas kosong/]],
		['a header only', { 'r.csv': 'Q1,Q2\n' }, [], [/tidak ada baris jawaban/]],
		['letters without a key', { 'r.csv': csv('Q1,Q2', ['A,B', 'B,B']) }, [], [/--key/]],
		['only gaps', { 'r.csv': csv('Q1,Q2', ['1,', ',0']) }, [], [/jawabannya lengkap/]],
		['an unknown group', { 'r.csv': good }, ['--group', 'opd'], [/kolom kelompok "opd" tidak ada. Kolom yang ada: Q1, Q2, Q3, kelas/]],
		['an unknown focal value', { 'r.csv': good }, ['--group', 'kelas', '--focal', 'z'], [/nilai "z" \(--focal\) tidak ada/]],
		['one group only', { 'r.csv': good.replaceAll('y', 'x') }, ['--group', 'kelas'], [/hanya ada 1 nilai/]],
		[
			'many groups',
			{
				'r.csv': csv(
					'Q1,Q2,kode',
					Array.from({ length: 12 }, (_, i) => `${i % 2},${i % 3 ? 1 : 0},k${i}`)
				)
			},
			['--group', 'kode'],
			[/12 nilai berbeda/]
		],
		[
			'a key without its columns',
			{ 'r.csv': good, 'k.csv': 'soal_ke,huruf\n1,A\n2,B\n' },
			['--key', 'k.csv'],
			[/kolom "item" dan "key" tidak ada/]
		],
		[
			'faults in the key',
			{ 'r.csv': good, 'k.csv': 'item,key,options\nQ1,1,\nQ9,1,\nQ1,0,\nQ2,,\n,1,\nQ3,1,A|B\n' },
			['--key', 'k.csv'],
			[/baris 3 .*"Q9" tidak ada/, /baris 4 .*dua kali/, /baris 5 .*kosong/, /baris 6 .*kosong/, /baris 7 .*tidak termasuk pilihan/]
		],
		[
			'a choice that was not offered',
			{ 'r.csv': good, 'k.csv': 'item,key,options\nQ1,1,1|2\nQ2,1,1|0\n' },
			['--key', 'k.csv'],
			Array.from({ length: 4 }, () => /kolom "Q1": "0" bukan salah satu pilihan/)
		],
		['a missing file', {}, [], [/r\.csv: berkas tidak dapat dibaca/]],
		['an unknown option', { 'r.csv': good }, ['--colour'], [/"--colour" tidak dikenal/]],
		['an option without its value', { 'r.csv': good }, ['--group'], [/--group perlu nilai/]],
		['--focal alone', { 'r.csv': good }, ['--focal', 'x'], [/--focal perlu --group/]],
		['two files', { 'r.csv': good }, ['s.csv'], [/hanya satu berkas/]]
	];

	test.each(cases)('%s', async (_, files, args, said) => {
		rmSync(join(folder, 'r.csv'), { force: true });
		for (const [name, text] of Object.entries(files)) file(name, text);
		const code = await run([join(folder, 'r.csv'), ...args.map((arg) => (arg === 'k.csv' ? join(folder, arg) : arg))]);
		expect(code).toBe(2);
		expect(out).toEqual([]);
		expect(faults).toHaveLength(said.length);
		said.forEach((pattern, at) => expect(faults[at]).toMatch(pattern));
	});

	test('no file at all', async () => {
		expect(await run(['--json'])).toBe(2);
		expect(faults[0]).toMatch(/Berkas jawaban belum disebut/);
	});

	test('a thousand faults are not a thousand lines', async () => {
		const lines = ['1,0', '0,1', '1,1', '0,0', '5,1'];
		expect(await run([file('r.csv', csv('Q1,Q2', lines, 1000))])).toBe(2);
		expect(faults).toHaveLength(101);
		expect(faults[100]).toMatch(/dan 900 kesalahan lain/);
	});
});

/** Files of every shape: an answer without NaN, or 2 with a fault; never a crash. */
test('whatever the file, an answer or a fault', { timeout: 1_200_000 }, async () => {
	const runs = process.env.SIGINJAI_LONG ? 20_000 : 600;
	const cell = fc.oneof(
		{ weight: 12, arbitrary: fc.constantFrom('0', '1') },
		{
			weight: 1,
			arbitrary: fc.constantFrom('', 'NA', 'A', 'b', '2', '-1', '1e999', 'NaN', '"1"', '"', 'é', '1,0', ' 1 ', '\u0000')
		}
	);
	const name = fc.oneof(
		{ weight: 8, arbitrary: fc.stringMatching(/^[A-Z][0-9]$/) },
		{ weight: 1, arbitrary: fc.constantFrom('', 'id', 'Q1', '__proto__', '"') }
	);
	const sheets = fc.record({
		names: fc.array(name, { minLength: 0, maxLength: 6 }),
		rows: fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { maxLength: 60 }),
		ragged: fc.boolean(),
		separator: fc.constantFrom(',', ';', '\t'),
		end: fc.constantFrom('\n', '\r\n'),
		times: fc.constantFrom(1, 1, 3, 8),
		key: fc.option(fc.array(fc.constantFrom('0', '1', 'A', ''), { minLength: 6, maxLength: 6 })),
		group: fc.option(fc.nat(6))
	});
	let answered = 0;
	await fc.assert(
		fc.asyncProperty(sheets, async ({ names, rows, ragged, separator, end, times, key, group }) => {
			out = [];
			faults = [];
			const width = (at: number) => (ragged && at === 3 ? 2 : names.length);
			const lines = Array.from({ length: times }, () => rows.map((row, at) => row.slice(0, width(at)).join(separator))).flat();
			const args = [file('fuzz.csv', [names.join(separator), ...lines].join(end))];
			if (key) args.push('--key', file('fuzz-key.csv', ['item,key', ...names.map((item, at) => `${item},${key[at]}`)].join('\n')));
			if (group !== null) args.push('--group', names[group] ?? 'G');
			const code = await run(args);
			if (code === 2) {
				expect(faults.length).toBeGreaterThan(0);
				expect(out).toEqual([]);
				return;
			}
			expect(code).toBe(0);
			answered++;
			const text = out.join('');
			// as a number: a file may well have a column or an option that is called so
			expect(text).not.toMatch(/[:,[]\s*-?(NaN|Infinity|undefined)/);
			const answer = JSON.parse(text);
			for (const item of answer.items)
				if (item.difficulty !== null) {
					expect(item.difficulty).toBeGreaterThanOrEqual(0);
					expect(item.difficulty).toBeLessThanOrEqual(1);
				}
		}),
		{ numRuns: runs }
	);
	// The generator must reach the analysis itself, not only the gate before it.
	expect(answered).toBeGreaterThan(runs / 50);
});
