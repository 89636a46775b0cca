import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { UnreadableFile } from './kinds.ts';

const SLICE = 64 * 1024;

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
	const encoding = isUtf8(bytes) ? 'utf-8' : 'windows-1252';
	const delimiter = separatorOf(new TextDecoder(encoding).decode(bytes.subarray(0, 20_000)));
	const parser = parse({
		delimiter,
		bom: true,
		relax_column_count: true,
		relax_quotes: true,
		skip_empty_lines: false,
		record_delimiter: ['\r\n', '\n', '\r']
	});
	Readable.from(slicesOf(bytes, encoding)).pipe(parser);
	let row = 0;
	let end = 0;
	try {
		for await (const record of parser as AsyncIterable<string[]>) {
			// a record's begin is the line after the end of the one before
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

/** In slices, so that no more is parsed than is asked for. */
function* slicesOf(bytes: Buffer, encoding: string): Generator<Buffer> {
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	for (let from = 0; from < bytes.length; from += SLICE) {
		const slice = bytes.subarray(from, from + SLICE);
		yield encoding === 'utf-8' ? slice : Buffer.from(decoder.decode(slice, { stream: true }));
	}
}

function lineEndsIn(cell: string): number {
	if (!cell.includes('\n') && !cell.includes('\r')) return 0;
	return cell.match(/\r\n|\n|\r/g)!.length;
}

/** The separator that splits the heading into most cells. */
function separatorOf(text: string): string {
	const heading = text.split(/\r?\n|\r/).find((line) => line.trim() !== '') ?? '';
	return [',', ';', '\t'].map((mark) => ({ mark, count: heading.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark;
}
