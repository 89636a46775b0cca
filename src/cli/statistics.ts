import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { answerRequest, StatisticsFailure } from '#statistics';
import type { StatisticsRequest, Table } from '#statistics';

const usage = 'Pemakaian: siginjai statistics PERMINTAAN.json';

/** A file that cannot be used; the message is one line saying what to mend. */
export class FileFault extends Error {}

/**
 * `siginjai statistics`: runs a list of requests (see docs/evaluation.md) and prints `{set: {check: {key: value}}}`.
 * Returns 0; 1 when some request could not be answered (one line each on standard error, the others are still
 * printed); 2 when the list itself cannot be read.
 */
export async function run(args: string[]): Promise<number> {
	try {
		const [file, ...rest] = args.filter((a) => a !== '--json');
		if (!file || rest.length > 0) throw new FileFault(`sebut tepat satu berkas permintaan; ${usage}`);
		return answerAll(readRequests(file), dirname(resolve(file)));
	} catch (fault) {
		if (!(fault instanceof FileFault)) throw fault;
		console.error(fault.message);
		return 2;
	}
}

function answerAll(requests: StatisticsRequest[], folder: string): number {
	const tables = new Map<string, Table>();
	const answers: Record<string, Record<string, unknown>> = {};
	let failed = 0;
	requests.forEach((request, i) => {
		const set = request.set ?? 'requests';
		const check = request.check ?? String(i + 1);
		try {
			const path = request.args.data;
			if (typeof path !== 'string') throw new FileFault('args.data harus jalur berkas CSV; tambahkan');
			const file = resolve(folder, path);
			if (!tables.has(file)) tables.set(file, readTable(file));
			(answers[set] ??= {})[check] = answerRequest(request, tables.get(file)!);
		} catch (fault) {
			if (!(fault instanceof StatisticsFailure) && !(fault instanceof FileFault)) throw fault;
			failed++;
			console.error(`permintaan ${i + 1} (${set}/${check}): ${fault.message.replace(/\s*[\r\n]+\s*/g, ' ')}`);
		}
	});
	console.log(JSON.stringify(answers, null, 1));
	return failed > 0 ? 1 : 0;
}

function readRequests(file: string): StatisticsRequest[] {
	const list = readJson(file);
	if (!Array.isArray(list)) throw new FileFault(`${file}: isinya harus daftar permintaan [{"method": …, "args": {…}}]; perbaiki`);
	list.forEach((request, i) => {
		const object = typeof request === 'object' && request !== null;
		if (!object || typeof request.method !== 'string' || typeof request.args !== 'object' || request.args === null)
			throw new FileFault(`${file}: permintaan ${i + 1} harus punya "method" (teks) dan "args" (objek); lengkapi`);
	});
	return list as StatisticsRequest[];
}

export function readJson(file: string): unknown {
	const text = readText(file);
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch (fault) {
		throw new FileFault(`${file}: bukan JSON yang sah (${(fault as Error).message.replace(/\s+/g, ' ')}); perbaiki penulisannya`);
	}
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		throw new FileFault(`${file}: berkas tidak dapat dibaca; periksa nama dan letaknya`);
	}
}

/** Reads a delimited file with a header row; the delimiter (comma, semicolon or tab) is told from the header. */
export function readTable(file: string): Table {
	return parseTable(readText(file), file);
}

export function parseTable(text: string, file: string): Table {
	const head = text.slice(0, (text + '\n').search(/\r?\n/));
	const delimiter = [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0]!;
	let lines: string[][];
	try {
		lines = parse(text, { bom: true, delimiter, skip_empty_lines: true, trim: true, relax_column_count: false });
	} catch (fault) {
		if (!(fault instanceof CsvError)) throw fault;
		throw new FileFault(
			`${file}, baris ${String((fault as { lines?: number }).lines ?? '?')}: ${fault.message.replace(/\s+/g, ' ')}; samakan banyaknya kolom dan tutup tanda kutip`
		);
	}
	const [columns, ...rows] = lines;
	if (!columns) throw new FileFault(`${file}: berkas kosong; isi judul kolom dan data`);
	const twice = columns.find((name, i) => columns.indexOf(name) !== i);
	if (twice !== undefined) throw new FileFault(`${file}, baris 1: kolom "${twice}" ada dua kali; beri nama yang berbeda`);
	return { columns, rows: rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [columns[i]!, cell]))) };
}
