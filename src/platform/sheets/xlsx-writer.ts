import { Zip, ZipDeflate } from 'fflate';

/**
 * A workbook of one sheet, written as a stream: rows go out as they come, so that 80,000 of them need no memory. Text
 * is written as inline text, never as a formula; what begins like one is marked as text besides, so that it stays text
 * when a spreadsheet saves it again (OWASP: CSV injection).
 */
export interface SheetColumn {
	label: string;
	kind?: 'text' | 'number' | 'date';
	/** In characters. */
	width?: number;
}

/** Days are `yyyy-mm-dd`. */
export type SheetCell = string | number | null | undefined;

export interface Sheet {
	/** At most 31 characters are kept (a limit of the format). */
	name: string;
	/** Stands above the heading, such as "Data contoh". */
	mark?: string | undefined;
	columns: readonly SheetColumn[];
	/** Batches of rows, in the order of the columns. */
	rows: AsyncIterable<readonly SheetCell[][]>;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** Places in cellXfs of the style sheet below. */
const HEADING = 1;
const DATE = 2;
const QUOTED = 3;
const CELL_LIMIT = 32_767;

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`;
const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const WORKBOOK_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`;
const workbook = (name: string) =>
	`${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${escaped(name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31) || 'Data')}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** The bytes of the workbook, drawn as fast as the reader takes them. */
export function xlsxStream(sheet: Sheet): ReadableStream<Uint8Array> {
	const ready: Uint8Array[] = [];
	let failed: Error | undefined;
	const zip = new Zip((error, chunk) => {
		if (error) failed = error;
		else if (chunk.length > 0) ready.push(chunk);
	});
	const encoder = new TextEncoder();
	const part = (name: string, text: string) => {
		const file = new ZipDeflate(name, { level: 6 });
		zip.add(file);
		file.push(encoder.encode(text), true);
	};
	const body = new ZipDeflate('xl/worksheets/sheet1.xml', { level: 6 });
	const batches = sheet.rows[Symbol.asyncIterator]();
	let row = 0;
	const begin = () => {
		part('[Content_Types].xml', CONTENT_TYPES);
		part('_rels/.rels', RELATIONS);
		part('xl/workbook.xml', workbook(sheet.name));
		part('xl/_rels/workbook.xml.rels', WORKBOOK_RELATIONS);
		part('xl/styles.xml', STYLES);
		zip.add(body);
		const widths = sheet.columns
			.map(
				({ width, kind }, at) =>
					`<col min="${at + 1}" max="${at + 1}" width="${width ?? (kind === 'text' || !kind ? 24 : 12)}" customWidth="1"/>`
			)
			.join('');
		const head = [
			...(sheet.mark ? [rowXml(++row, [cellXml(sheet.mark, 'text', HEADING)])] : []),
			rowXml(
				++row,
				sheet.columns.map((column) => cellXml(column.label, 'text', HEADING))
			)
		];
		body.push(encoder.encode(`${XML}<worksheet xmlns="${MAIN}"><cols>${widths}</cols><sheetData>${head.join('')}`));
	};
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			if (row === 0) begin();
			while (ready.length === 0 && !failed) {
				const { done, value } = await batches.next();
				if (done) {
					body.push(encoder.encode('</sheetData></worksheet>'), true);
					zip.end();
					for (const chunk of ready) controller.enqueue(chunk);
					controller.close();
					return;
				}
				const text = value
					.map((cells) =>
						rowXml(
							++row,
							cells.map((cell, at) => cellXml(cell, sheet.columns[at]?.kind ?? 'text'))
						)
					)
					.join('');
				body.push(encoder.encode(text));
			}
			if (failed) throw failed;
			for (const chunk of ready.splice(0)) controller.enqueue(chunk);
		},
		async cancel() {
			await batches.return?.();
		}
	});
}

const rowXml = (row: number, cells: string[]): string => `<row r="${row}">${cells.join('')}</row>`;

function cellXml(value: SheetCell, kind: 'text' | 'number' | 'date', style?: number): string {
	if (value === null || value === undefined || value === '') return '<c/>';
	if (kind === 'number' && typeof value === 'number' && Number.isFinite(value)) return `<c><v>${value}</v></c>`;
	if (kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
		return `<c s="${DATE}"><v>${serialOf(value)}</v></c>`;
	const text = String(value).slice(0, CELL_LIMIT);
	const quoted = style ?? (/^[=+\-@\t\r]/.test(text) ? QUOTED : 0);
	return `<c${quoted ? ` s="${quoted}"` : ''} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** Day number of a spreadsheet: 2 January 1900 is 2; days before March 1900 do not occur here. */
const serialOf = (day: string): number => Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);

/** XML knows no control characters, and half of a pair is no character at all. */
const escaped = (text: string): string =>
	text
		.toWellFormed()
		// eslint-disable-next-line no-control-regex
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The answer of an endpoint: a workbook to keep, named by what it is. */
export const xlsxResponse = (fileName: string, sheet: Sheet): Response =>
	new Response(xlsxStream(sheet), {
		headers: { 'content-type': XLSX_TYPE, 'content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]+/g, '-')}"` }
	});
