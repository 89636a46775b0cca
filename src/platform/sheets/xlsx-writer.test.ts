import { unzipSync } from 'fflate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xlsxRows } from '../imports/xlsx.ts';
import { xlsxStream, type SheetCell, type SheetColumn } from './xlsx-writer.ts';

const text: SheetColumn[] = [{ label: 'nama' }, { label: 'jp', kind: 'number' }, { label: 'sejak', kind: 'date' }];

async function written(columns: SheetColumn[], batches: SheetCell[][][], mark?: string): Promise<Buffer> {
	const rows = (async function* () {
		yield* batches;
	})();
	const stream = xlsxStream({ name: 'Pegawai', columns, rows, mark });
	return Buffer.concat(await Array.fromAsync(stream as unknown as AsyncIterable<Uint8Array>));
}
const read = async (bytes: Buffer) => (await Array.fromAsync(xlsxRows(bytes))).map((row) => row.cells);

test('what is written is read back: text, numbers, days, nothing, and the mark above the heading', async () => {
	const bytes = await written(
		text,
		[[['Ratna <Dewi> & "Co"', 20.5, '2026-03-01']], [], [['198001012005011001', null, null]]],
		'Data contoh'
	);
	expect(await read(bytes)).toEqual([
		['Data contoh'],
		['nama', 'jp', 'sejak'],
		['Ratna <Dewi> & "Co"', '20.5', '01-03-2026'],
		['198001012005011001', '', '']
	]);
});

test('a formula is text, and marked as text for the program that saves it again', async () => {
	const dangerous = ['=HYPERLINK("http://jahat.example")', '+1+1', '-2', '@SUM(A1)', '\t=1'];
	const bytes = await written(
		[{ label: 'nama' }],
		dangerous.map((cell) => [[cell]])
	);
	const sheet = Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml']!).toString();
	expect(sheet).not.toContain('<f>');
	expect([...sheet.matchAll(/s="3" t="inlineStr"/g)]).toHaveLength(dangerous.length);
	expect((await read(bytes)).slice(1).map((cells) => cells[0])).toEqual(dangerous);
});

test('any text comes back as it was, but for signs that XML cannot hold', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 20 }), async (cells) => {
			const back = (await read(await written([{ label: 'nama' }], [cells.map((cell) => [cell])]))).slice(1).map((row) => row[0]);
			expect(back).toEqual(cells.map((cell) => cell.toWellFormed().replace(/(?![\t\n\r\u007f-\u009f])[\p{Cc}\ufffe\uffff]/gu, '\ufffd')));
		}),
		{ numRuns: 50 }
	);
});

test('80,000 rows go out while they come in', async () => {
	let given = 0;
	let mostAhead = 0;
	let taken = 0;
	const rows = (async function* () {
		for (let batch = 0; batch < 80; batch++) {
			given++;
			yield Array.from({ length: 1000 }, (_, i) => [`Pegawai ${batch}-${i}`, i, '2026-01-01']);
		}
	})();
	for await (const chunk of xlsxStream({ name: 'x', columns: text, rows }) as unknown as AsyncIterable<Uint8Array>) {
		taken += chunk.length;
		if (taken < 10_000) mostAhead = Math.max(mostAhead, given);
	}
	expect(given).toBe(80);
	expect(mostAhead).toBeLessThan(10);
});
