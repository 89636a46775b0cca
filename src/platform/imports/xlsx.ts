import { SaxesParser } from 'saxes';
import type { TableRow } from './csv.ts';
import { UnreadableFile } from './kinds.ts';
import { BrokenArchive, inflated, partsOf } from './zip.ts';

/** Inflated bytes of one part: a file of a few MB that says it holds gigabytes is no sheet. */
const PART_LIMIT = 600 * 1024 * 1024;
const WIDEST = 16_384;

/**
 * Rows of the first sheet of a workbook, read as a stream (20,000 rows in some ten megabytes). Cells come as text: a
 * number as it is stored, one beyond fifteen digits in scientific notation, because its last digits are lost; a true
 * date as `dd-mm-yyyy`.
 */
export async function* xlsxRows(bytes: Buffer): AsyncGenerator<TableRow> {
	const parts = await workbookParts(bytes);
	const strings = parts.strings ? await sharedStrings(bytes, parts.strings) : [];
	const dateStyles = parts.styles ? await datedStyles(bytes, parts.styles) : new Set<number>();
	yield* sheetRows(bytes, parts.sheet, strings, dateStyles, parts.since1904);
}

interface Parts {
	sheet: string;
	strings: string | undefined;
	styles: string | undefined;
	since1904: boolean;
}

async function workbookParts(bytes: Buffer): Promise<Parts> {
	const names = partNames(bytes);
	let first: string | undefined;
	let since1904 = false;
	const targets = new Map<string, string>();
	if (!names.has('xl/workbook.xml')) throw new UnreadableFile('import_not_a_workbook');
	await parsePart(bytes, 'xl/workbook.xml', {
		open(name, attributes) {
			if (name === 'workbookPr') since1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
			if (name === 'sheet' && attributes.state !== 'hidden' && attributes.state !== 'veryHidden') first ??= attributes['r:id'];
		}
	});
	if (names.has('xl/_rels/workbook.xml.rels'))
		await parsePart(bytes, 'xl/_rels/workbook.xml.rels', {
			open(name, attributes) {
				if (name === 'Relationship') targets.set(attributes.Id!, attributes.Target!);
			}
		});
	const target = targets.get(first ?? '') ?? 'worksheets/sheet1.xml';
	const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
	if (!names.has(sheet)) throw new UnreadableFile('import_not_a_workbook');
	const part = (name: string) => (names.has(name) ? name : undefined);
	return { sheet, strings: part('xl/sharedStrings.xml'), styles: part('xl/styles.xml'), since1904 };
}

async function sharedStrings(bytes: Buffer, part: string): Promise<string[]> {
	const strings: string[] = [];
	let text = '';
	let inText = false;
	let phonetic = false;
	await parsePart(bytes, part, {
		open(name) {
			if (name === 'si') text = '';
			if (name === 'rPh') phonetic = true;
			if (name === 't' && !phonetic) inText = true;
		},
		text: (piece) => void (inText && (text += piece)),
		close(name) {
			if (name === 't') inText = false;
			if (name === 'rPh') phonetic = false;
			// a text that is put together from pieces of the file would keep the file in memory
			if (name === 'si') strings.push(Buffer.from(text).toString());
		}
	});
	return strings;
}

/** Styles (places in cellXfs) whose number format shows a date (ECMA-376 part 1, §18.8.30). */
async function datedStyles(bytes: Buffer, part: string): Promise<Set<number>> {
	const dated = new Set<number>();
	const formats = new Map<number, string>();
	let inCells = false;
	let place = 0;
	await parsePart(bytes, part, {
		open(name, attributes) {
			if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
			if (name === 'cellXfs') inCells = true;
			if (name === 'xf' && inCells) {
				const format = Number(attributes.numFmtId ?? 0);
				const code = (formats.get(format) ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
				if ((format >= 14 && format <= 22) || (format >= 45 && format <= 47) || /[dy]/i.test(code)) dated.add(place);
				place++;
			}
		},
		close: (name) => void (name === 'cellXfs' && (inCells = false))
	});
	return dated;
}

async function* sheetRows(
	bytes: Buffer,
	part: string,
	strings: string[],
	dateStyles: Set<number>,
	since1904: boolean
): AsyncGenerator<TableRow> {
	let ready: TableRow[] = [];
	let row = 0;
	let cells: string[] = [];
	let column = -1;
	let type = 'n';
	let style = 0;
	let value = '';
	let taking = false;
	const parser = parserOf({
		open(name, attributes) {
			if (name === 'row') {
				row = Number(attributes.r ?? row + 1);
				cells = [];
				column = -1;
			} else if (name === 'c') {
				column = attributes.r ? columnOf(attributes.r) : column + 1;
				type = attributes.t ?? 'n';
				style = Number(attributes.s ?? 0);
				value = '';
			} else if (name === 'v' || name === 't') taking = true;
		},
		text: (piece) => void (taking && (value += piece)),
		close(name) {
			if (name === 'v' || name === 't') taking = false;
			else if (name === 'c' && column < WIDEST) {
				while (cells.length < column) cells.push('');
				cells[column] = textOf(value, type, strings, dateStyles.has(style), since1904);
			} else if (name === 'row') ready.push({ row, line: row, cells });
		}
	});
	for await (const chunk of textOfPart(bytes, part)) {
		parser.write(chunk);
		if (ready.length > 0) {
			yield* ready;
			ready = [];
		}
	}
	parser.close();
	yield* ready;
}

function textOf(value: string, type: string, strings: string[], isDate: boolean, since1904: boolean): string {
	if (type === 's') return strings[Number(value)] ?? '';
	if (type === 'str' || type === 'inlineStr' || type === 'e') return value;
	if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
	if (type === 'd') return value.slice(0, 10);
	if (value === '') return '';
	const number = Number(value);
	if (!Number.isFinite(number)) return value;
	if (isDate && number >= 1) return dayOfSerial(number, since1904);
	if (Math.abs(number) >= 1e15) return number.toExponential(2).toUpperCase();
	return String(number);
}

/** Day number of a spreadsheet: 1 = 1 January 1900, with the 29 February 1900 that never was. */
function dayOfSerial(serial: number, since1904: boolean): string {
	const days = Math.floor(serial) + (since1904 ? 1462 : 0);
	const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000);
	const two = (part: number) => String(part).padStart(2, '0');
	return `${two(date.getUTCDate())}-${two(date.getUTCMonth() + 1)}-${date.getUTCFullYear()}`;
}

/** `BC12` → 54, counted from 0. */
function columnOf(reference: string): number {
	let column = 0;
	for (const letter of reference) {
		const code = letter.charCodeAt(0);
		if (code < 65 || code > 90) break;
		column = column * 26 + code - 64;
	}
	return column - 1;
}

interface Handlers {
	open?(name: string, attributes: Record<string, string>): void;
	text?(piece: string): void;
	close?(name: string): void;
}

function parserOf(handlers: Handlers): SaxesParser {
	const parser = new SaxesParser();
	const bare = (name: string) => (name.startsWith('x:') ? name.slice(2) : name);
	parser.on('opentag', (tag) => handlers.open?.(bare(tag.name), tag.attributes as Record<string, string>));
	parser.on('text', (piece) => handlers.text?.(piece));
	parser.on('cdata', (piece) => handlers.text?.(piece));
	parser.on('closetag', (tag) => handlers.close?.(bare(tag.name)));
	parser.on('error', () => {
		throw new UnreadableFile('import_not_a_workbook');
	});
	return parser;
}

async function parsePart(bytes: Buffer, part: string, handlers: Handlers): Promise<void> {
	const parser = parserOf(handlers);
	for await (const chunk of textOfPart(bytes, part)) parser.write(chunk);
	parser.close();
}

function partNames(bytes: Buffer): Set<string> {
	try {
		return new Set(partsOf(bytes).keys());
	} catch (cause) {
		if (cause instanceof BrokenArchive) throw new UnreadableFile('import_not_a_workbook');
		throw cause;
	}
}

/** Slice by slice. */
async function* textOfPart(bytes: Buffer, name: string): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let total = 0;
	try {
		for await (const slice of inflated(bytes, partsOf(bytes).get(name)!)) {
			if ((total += slice.length) > PART_LIMIT) throw new UnreadableFile('import_too_large');
			yield decoder.decode(slice, { stream: true });
		}
	} catch (cause) {
		throw cause instanceof BrokenArchive ? new UnreadableFile('import_not_a_workbook') : cause;
	}
}
