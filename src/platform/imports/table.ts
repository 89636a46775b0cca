import { csvRows, type TableRow } from './csv.ts';
import { UnreadableFile, type Cells, type ImportColumn } from './kinds.ts';
import { xlsxRows } from './xlsx.ts';

export interface SheetRow {
	row: number;
	line: number;
	/** False when the number of cells is not that of the heading: what stands after the break is in the wrong column. */
	whole: boolean;
	blank: boolean;
	cells: Cells;
}

/** Rows of a sheet below its heading, only the columns asked for, cleaned. @throws UnreadableFile */
export async function* records(bytes: Buffer, columns: ImportColumn[]): AsyncGenerator<SheetRow> {
	const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK';
	if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') throw new UnreadableFile('import_old_workbook');
	let places: Map<string, number> | undefined;
	let width = 0;
	for await (const { row, line, cells } of (isZip ? xlsxRows(bytes) : csvRows(bytes)) as AsyncGenerator<TableRow>) {
		if (!places) {
			if (cells.every((cell) => clean(cell) === null)) continue;
			places = placesOf(cells, columns);
			width = isZip ? lastFilled(cells) : cells.length;
			continue;
		}
		const blank = cells.every((cell) => clean(cell) === null);
		// a sheet leaves out empty cells at the end of a row; a text file may not
		const whole = isZip ? lastFilled(cells) <= width : cells.length === width || (cells.length > width && lastFilled(cells) <= width);
		const picked: Cells = {};
		for (const [name, place] of places) picked[name] = clean(cells[place] ?? '');
		yield { row, line, whole, blank, cells: picked };
	}
	if (!places) throw new UnreadableFile('import_empty_file');
}

/** How many rows the file has, roughly, for the progress line; undefined where only reading tells. */
export function expectedRows(bytes: Buffer): number | undefined {
	if (bytes.subarray(0, 2).toString('latin1') === 'PK') return undefined;
	let lines = 0;
	for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
	return Math.max(0, lines - 1);
}

const fold = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9]/g, '');

function placesOf(heading: string[], columns: ImportColumn[]): Map<string, number> {
	const at = new Map<string, number>();
	heading.forEach((cell, place) => {
		if (!at.has(fold(cell))) at.set(fold(cell), place);
	});
	const places = new Map<string, number>();
	const missing: string[] = [];
	for (const column of columns) {
		const place = [column.name, ...(column.aliases ?? [])].map((name) => at.get(fold(name))).find((found) => found !== undefined);
		if (place !== undefined) places.set(column.name, place);
		else if (column.required) missing.push(column.name);
	}
	if (missing.length > 0) throw new UnreadableFile('import_columns_missing', { columns: missing.join(', ') });
	return places;
}

/**
 * A cell without what export and spreadsheet put around it: spaces (non-breaking too), the apostrophe before a number,
 * and the many ways to write nothing. An apostrophe inside a name stays.
 */
export function clean(cell: string): string | null {
	const text = cell.replace(/^[\s\u00a0\u200b\ufeff]+|[\s\u00a0\u200b\ufeff]+$/g, '').replace(/^['’‘`]\s*(?=\d)/, '');
	return text === '' || text === '-' || /^'?null'?$/i.test(text) ? null : text;
}

function lastFilled(cells: string[]): number {
	for (let place = cells.length; place > 0; place--) if (clean(cells[place - 1]!) !== null) return place;
	return 0;
}
