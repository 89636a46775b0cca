import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse';
import { UnreadableFile } from './kinds.ts';

export interface TableRow {
	/** As a spreadsheet shows it: heading 1, empty lines counted. */
	row: number;
	/** Physical line where the row begins; a cell may hold line ends. */
	line: number;
	cells: string[];
}

/**
 * Rows of a CSV: comma, semicolon or tab, UTF-8 with or without BOM, else Windows-1252 as Indonesian spreadsheets save.
 * Rows of any number of cells come through; the caller judges.
 */
export async function* csvRows(bytes: Buffer): AsyncGenerator<TableRow> {
	const text = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
	const delimiter = separatorOf(text);
	const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false, info: true, record_delimiter: ['\r\n', '\n', '\r'] });
	parser.end(text);
	let row = 0;
	let end = 0;
	try {
		for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
			// a record's begin is the line after the end of the one before; `lines` counts the ends passed so far
			const lines = 1 + record.reduce((sum, cell) => sum + lineEndsIn(cell), 0);
			row++;
			const line = end + 1;
			end += lines;
			yield { row, line, cells: record };
		}
	} catch (cause) {
		throw new UnreadableFile('import_csv_broken', { line: (cause as { lines?: number }).lines ?? end + 1 });
	}
}

function lineEndsIn(cell: string): number {
	if (!cell.includes('\n') && !cell.includes('\r')) return 0;
	return cell.match(/\r\n|\n|\r/g)!.length;
}

/** The separator that splits the heading into most cells. */
function separatorOf(text: string): string {
	const heading = text.slice(0, 20_000).replace(/^\uFEFF/, '').split(/\r?\n|\r/).find((line) => line.trim() !== '') ?? '';
	return [',', ';', '\t'].map((mark) => ({ mark, count: heading.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark;
}
