/** Rows of cells as the files that the national system gives, written as they come. */
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { Zip, ZipDeflate } from 'fflate';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const AT_ONCE = 500;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Heading and rows of a fixture of `people`: commas, no line end inside a cell. */
export const fixtureRows = (name: string): string[][] =>
	readFileSync(`src/modules/people/fixtures/${name}`, 'utf8')
		.replace(/^\ufeff/, '')
		.trimEnd()
		.split(/\r?\n/)
		.map((line) =>
			[...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '')
		);

export async function writeCsv(path: string, rows: Iterable<string[]>): Promise<void> {
	const file = createWriteStream(path);
	for (const cells of rows) if (!file.write(`${cells.map(quoted).join(',')}\r\n`)) await once(file, 'drain');
	file.end();
	await once(file, 'close');
}

/** With the shared strings that a spreadsheet writes: heavier to read than text inside the sheet. */
export async function writeXlsx(path: string, rows: Iterable<string[]>): Promise<void> {
	const file = createWriteStream(path);
	let full = false;
	const zip = new Zip((error, chunk) => {
		if (error) throw error;
		full = !file.write(chunk);
	});
	const encoder = new TextEncoder();
	const part = (name: string) => {
		const entry = new ZipDeflate(name, { level: 6 });
		zip.add(entry);
		return async (text: string, last = false) => {
			entry.push(encoder.encode(text), last);
			if (full) await once(file, 'drain');
			full = false;
		};
	};
	await part('[Content_Types].xml')(
		`${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
		true
	);
	await part('xl/workbook.xml')(
		`${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		true
	);
	await part('xl/_rels/workbook.xml.rels')(
		`${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		true
	);
	const strings = new Map<string, number>();
	const sheet = part('xl/worksheets/sheet1.xml');
	await sheet(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`);
	let place = 0;
	let ready: string[] = [];
	for (const cells of rows) {
		place++;
		const row = cells.map((cell, column) => {
			if (cell === '') return '';
			if (!strings.has(cell)) strings.set(cell, strings.size);
			return `<c r="${lettersOf(column)}${place}" t="s"><v>${strings.get(cell)}</v></c>`;
		});
		ready.push(`<row r="${place}">${row.join('')}</row>`);
		if (ready.length < AT_ONCE) continue;
		await sheet(ready.join(''));
		ready = [];
	}
	await sheet(`${ready.join('')}</sheetData></worksheet>`, true);
	const shared = part('xl/sharedStrings.xml');
	await shared(`${XML}<sst xmlns="${MAIN}">`);
	let texts = '';
	for (const text of strings.keys()) {
		texts += `<si><t xml:space="preserve">${escaped(text)}</t></si>`;
		if (texts.length < 100_000) continue;
		await shared(texts);
		texts = '';
	}
	await shared(`${texts}</sst>`, true);
	zip.end();
	file.end();
	await once(file, 'close');
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** 27 → `AB`, counted from 0. */
function lettersOf(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}
