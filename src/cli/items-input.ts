import { readFileSync } from 'node:fs';
import { parse, CsvError } from 'csv-parse/sync';
import { scoreAgainstKey, type TestAnswers } from '#statistics';

/** What `siginjai items` reads. Every fault is one sentence naming the row, the column and the mend. */
export interface ItemsInput {
	answers: TestAnswers;
	/** Rows of the file after its header. */
	rows: number;
	/** Rows left out: nothing answered at all; an answer missing in a file already scored 0 and 1. */
	emptyRows: number;
	incompleteRows: number;
	ignoredColumns: string[];
}

export class InputFaults extends Error {
	readonly faults: string[];

	constructor(faults: string[]) {
		super(faults.join('\n'));
		this.name = 'InputFaults';
		this.faults = faults;
	}
}

export interface ItemsFiles {
	responses: string;
	key: string | null;
	group: string | null;
	focal: string | null;
}

/** Reads and checks the files; throws InputFaults with every fault found. */
export function readItemsInput(files: ItemsFiles): ItemsInput {
	const sheet = readSheet(files.responses);
	if (sheet.rows.length === 0)
		throw new InputFaults([`${files.responses}: tidak ada baris jawaban. Tambahkan satu baris untuk setiap peserta di bawah judul kolom.`]);
	const group = files.group === null ? null : readGroup(sheet, files.group, files.focal);
	const read = files.key === null ? readScored(sheet, files.group) : readChosen(sheet, readKey(files.key, sheet, files.group));
	return {
		...keepUsable(read, group, files),
		rows: sheet.rows.length,
		ignoredColumns: ignoredColumns(sheet, read.items, files.group)
	};
}

interface Sheet {
	file: string;
	columns: string[];
	/** Trimmed cells. */
	rows: string[][];
	/** Row of the file in which each of them stands, counted as a spreadsheet does (the header is row 1). */
	rowNumbers: number[];
}

function readSheet(file: string): Sheet {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new InputFaults([`${file}: berkas tidak dapat dibaca. Periksa nama dan letaknya.`]);
	}
	const head = text.slice(0, (text + '\n').indexOf('\n'));
	const delimiter = [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0]!;
	let records: string[][];
	try {
		records = parse(text, { bom: true, delimiter, trim: true, relax_column_count: true });
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const line = typeof error.lines === 'number' ? ` baris ${error.lines}` : '';
		throw new InputFaults([`${file}${line}: tanda kutip tidak seimbang. Tutup tanda kutip pada sel itu, atau hapus.`]);
	}
	const filled = records.flatMap((cells, at) => (cells.length === 1 && cells[0] === '' ? [] : [{ cells, number: at + 1 }]));
	const columns = filled[0]?.cells;
	if (!columns) throw new InputFaults([`${file}: berkas kosong. Baris pertama harus berisi judul kolom.`]);
	const rows = filled.slice(1).map((row) => row.cells);
	const rowNumbers = filled.slice(1).map((row) => row.number);
	const faults: string[] = [];
	columns.forEach((name, at) => {
		if (name !== '' && columns.indexOf(name) !== at)
			faults.push(`${file} baris ${filled[0]!.number} kolom ${at + 1}: judul "${name}" dipakai dua kali. Beri nama yang berbeda.`);
	});
	rows.forEach((row, at) => {
		if (row.length !== columns.length)
			faults.push(`${file} baris ${rowNumbers[at]}: ada ${row.length} sel, judulnya ${columns.length} kolom. Samakan jumlahnya.`);
	});
	if (faults.length > 0) throw new InputFaults(faults);
	return { file, columns, rows, rowNumbers };
}

function readGroup(sheet: Sheet, group: string, focal: string | null): (string | null)[] {
	const at = sheet.columns.indexOf(group);
	if (at < 0) throw new InputFaults([`${sheet.file}: kolom kelompok "${group}" tidak ada. Kolom yang ada: ${sheet.columns.join(', ')}.`]);
	const values = sheet.rows.map((row) => row[at]! || null);
	const labels = [...new Set(values)].filter((value) => value !== null);
	if (labels.length < 2)
		throw new InputFaults([
			`${sheet.file} kolom "${group}": hanya ada ${labels.length} nilai. Perbandingan butuh paling sedikit dua kelompok.`
		]);
	if (labels.length > 10)
		throw new InputFaults([
			`${sheet.file} kolom "${group}": ada ${labels.length} nilai berbeda. Gabungkan menjadi paling banyak 10 kelompok, atau pilih kolom lain.`
		]);
	if (focal !== null && !labels.includes(focal))
		throw new InputFaults([`${sheet.file} kolom "${group}": nilai "${focal}" (--focal) tidak ada. Nilai yang ada: ${labels.join(', ')}.`]);
	return values;
}

interface ReadAnswers {
	items: string[];
	/** 0, 1, or null = not answered. */
	scores: (number | null)[][];
	choices: TestAnswers['choices'];
}

const backgroundNames =
	/^(id|no|nomor|nip|nik|nama|name|person|peserta|participant|unit|opd|kelas|class|group|kelompok|gender|sex|jenis[ _]?kelamin|age|usia|umur|total|skor|score)$/i;
const truth: Record<string, number> = { '0': 0, '1': 1, '0.0': 0, '1.0': 1, false: 0, true: 1 };
const pointsIn = (cell: string): number | undefined => truth[cell.toLowerCase()];
const isMissing = (cell: string): boolean => cell === '' || cell === 'NA';

/** Without a key: items are the columns of 0 and 1. One stray value makes a fault of the cell, not of the column. */
function readScored(sheet: Sheet, group: string | null): ReadAnswers {
	const itemColumns = sheet.columns.flatMap((name, at) => {
		if (name === '' || name === group || backgroundNames.test(name)) return [];
		const cells = sheet.rows.map((row) => row[at]!).filter((cell) => !isMissing(cell));
		const points = cells.map(pointsIn).filter((value) => value !== undefined);
		const scored = cells.length > 0 && points.length === cells.length;
		const nearly = points.length >= 0.8 * cells.length && points.includes(0) && points.includes(1);
		return scored || nearly ? [at] : [];
	});
	if (itemColumns.length < 2)
		throw new InputFaults([
			`${sheet.file}: ditemukan ${itemColumns.length} kolom butir bernilai 0 dan 1, paling sedikit 2. Jika isinya pilihan jawaban (A, B, C), beri kuncinya dengan --key KUNCI.csv.`
		]);
	const faults: string[] = [];
	const scores = sheet.rows.map((row, person) =>
		itemColumns.map((at) => {
			const cell = row[at]!;
			if (isMissing(cell)) return null;
			const points = pointsIn(cell);
			if (points === undefined)
				faults.push(
					`${sheet.file} baris ${sheet.rowNumbers[person]} kolom "${sheet.columns[at]}": "${cell}" bukan 0 atau 1. Isi 1 bila benar, 0 bila salah, kosongkan bila tidak dijawab.`
				);
			return points ?? null;
		})
	);
	if (faults.length > 0) throw new InputFaults(faults);
	return { items: itemColumns.map((at) => sheet.columns[at]!), scores, choices: null };
}

interface Key {
	item: string;
	right: string;
	offered: string[] | null;
}

const headings = {
	item: /^(item|butir|soal)$/i,
	key: /^(key|kunci|answer|jawaban)$/i,
	options: /^(options|pilihan|opsi)$/i
};

/** A key is a list (columns item, key and, if wanted, options "A|B|C|D"), or one row under the items' own names. */
function readKey(file: string, responses: Sheet, group: string | null): Key[] {
	const sheet = readSheet(file);
	const item = sheet.columns.findIndex((name) => headings.item.test(name));
	const key = sheet.columns.findIndex((name) => headings.key.test(name));
	const options = sheet.columns.findIndex((name) => headings.options.test(name));
	let keys: { key: Key; row: number }[];
	if (item >= 0 && key >= 0)
		keys = sheet.rows.map((row, at) => ({
			key: {
				item: row[item]!,
				right: optionName(row[key]!),
				offered: options < 0 || row[options] === '' ? null : row[options]!.split('|').map(optionName)
			},
			row: sheet.rowNumbers[at]!
		}));
	else if (sheet.rows.length === 1)
		keys = sheet.columns.flatMap((name, at) =>
			name === '' || backgroundNames.test(name)
				? []
				: [{ key: { item: name, right: optionName(sheet.rows[0]![at]!), offered: null }, row: sheet.rowNumbers[0]! }]
		);
	else
		throw new InputFaults([`${file} baris 1: kolom "item" dan "key" tidak ada. Beri judul "item,key" dan satu baris untuk setiap butir.`]);
	const faults = keys.flatMap((one, at) => keyFaults(file, one, keys.slice(0, at), responses, group));
	if (keys.length < 2 && faults.length === 0)
		faults.push(`${file}: kunci memuat ${keys.length} butir, paling sedikit 2. Tambahkan baris butir.`);
	if (faults.length > 0) throw new InputFaults(faults);
	return keys.map((one) => one.key);
}

function keyFaults(
	file: string,
	{ key, row }: { key: Key; row: number },
	earlier: { key: Key }[],
	responses: Sheet,
	group: string | null
): string[] {
	const at = `${file} baris ${row}`;
	if (key.item === '') return [`${at} kolom "item": nama butir kosong. Isi nama butir, atau hapus barisnya.`];
	if (!responses.columns.includes(key.item) || key.item === group)
		return [
			`${at} kolom "item": butir "${key.item}" tidak ada di ${responses.file}. Samakan dengan judul kolom jawaban, atau hapus barisnya.`
		];
	if (earlier.some((one) => one.key.item === key.item))
		return [`${at} kolom "item": butir "${key.item}" tercantum dua kali. Sisakan satu.`];
	if (key.right === '') return [`${at} kolom "key": kunci butir "${key.item}" kosong. Isi pilihan yang benar.`];
	if (key.offered && !key.offered.includes(key.right))
		return [`${at} kolom "options": kunci "${key.right}" tidak termasuk pilihan butir "${key.item}". Tambahkan, atau betulkan kuncinya.`];
	return [];
}

/** "a" and "A" are the same option. */
const optionName = (cell: string): string => cell.trim().toUpperCase();

function readChosen(sheet: Sheet, keys: Key[]): ReadAnswers {
	const columns = keys.map((key) => sheet.columns.indexOf(key.item));
	const faults: string[] = [];
	const chosen = sheet.rows.map((row, person) =>
		columns.map((at, item) => {
			const cell = row[at]!;
			if (isMissing(cell)) return null;
			const option = optionName(cell);
			const { offered, item: name } = keys[item]!;
			if (offered && !offered.includes(option))
				faults.push(
					`${sheet.file} baris ${sheet.rowNumbers[person]} kolom "${name}": "${cell}" bukan salah satu pilihan (${offered.join(', ')}). Betulkan, atau kosongkan bila tidak dijawab.`
				);
			return option;
		})
	);
	if (faults.length > 0) throw new InputFaults(faults);
	const key = keys.map((one) => one.right);
	return {
		items: keys.map((one) => one.item),
		scores: scoreAgainstKey(chosen, key),
		choices: { chosen, key, offered: keys.map((one) => one.offered) }
	};
}

/** Persons who answered nothing were absent. An open answer is wrong under a key; in a scored file it is unknown. */
function keepUsable(
	read: ReadAnswers,
	group: (string | null)[] | null,
	files: ItemsFiles
): Pick<ItemsInput, 'answers' | 'emptyRows' | 'incompleteRows'> {
	const marks = read.choices?.chosen ?? read.scores;
	const answered = marks.flatMap((row, person) => (row.some((mark) => mark !== null) ? [person] : []));
	const complete = answered.filter((person) => !read.scores[person]!.includes(null));
	if (complete.length === 0)
		throw new InputFaults([
			`${files.responses}: tidak ada peserta yang jawabannya lengkap. Isi 0 untuk butir yang tidak dijawab bila itu berarti salah.`
		]);
	return {
		answers: {
			items: read.items,
			scores: complete.map((person) => read.scores[person] as number[]),
			choices: read.choices && { ...read.choices, chosen: complete.map((person) => read.choices!.chosen[person]!) },
			group: group && complete.map((person) => group[person]!),
			focal: files.focal ?? undefined
		},
		emptyRows: marks.length - answered.length,
		incompleteRows: answered.length - complete.length
	};
}

function ignoredColumns(sheet: Sheet, items: readonly string[], group: string | null): string[] {
	return sheet.columns.filter((name) => name !== '' && name !== group && !items.includes(name));
}
