import { StatisticsFailure } from '../failure.ts';
import type { Column } from '../regression/ols.ts';
import type { Table } from '../table.ts';

export type RequestArguments = Readonly<Record<string, unknown>>;

/** A request that cannot be answered as written: says what to mend. */
export function badRequest(message: string, about: readonly string[] = []): StatisticsFailure {
	return new StatisticsFailure('BAD_INPUT', message, about);
}

/** A variable of a request: its value in a row, null when missing. */
interface Variable {
	name: string;
	at: (row: number) => number | null;
}

/** Columns of a table read the way requests write them. Rows missing any used column are dropped together. */
export class Dataset {
	private readonly table: Table;

	constructor(table: Table) {
		this.table = table;
	}

	get rowCount(): number {
		return this.table.rows.length;
	}

	has(column: string): boolean {
		return this.table.columns.includes(column);
	}

	text(column: string): (string | null)[] {
		if (!this.has(column))
			throw badRequest(`column "${column}" is not in the data (${this.table.columns.slice(0, 20).join(', ')})`, [column]);
		return this.table.rows.map((row) => {
			const cell = row[column];
			return cell === undefined || cell.trim() === '' || cell.trim() === 'NA' ? null : cell.trim();
		});
	}

	number(column: string): (number | null)[] {
		return this.text(column).map((cell, i) => {
			if (cell === null) return null;
			const value = Number(cell);
			if (!Number.isFinite(value))
				throw badRequest(
					`column "${column}", data row ${i + 1}: "${cell}" is not a number; use factor:${column} or ${column}==value for text`,
					[column]
				);
			return value;
		});
	}

	/** `x`, `a-b` or `a+b`. */
	expression(text: string): (number | null)[] {
		if (this.has(text)) return this.number(text);
		for (let at = 1; at < text.length - 1; at++) {
			const sign = text[at];
			if (sign !== '-' && sign !== '+') continue;
			const left = text.slice(0, at).trim();
			const right = text.slice(at + 1).trim();
			if (!this.has(left) || !this.has(right)) continue;
			const b = this.number(right);
			return this.number(left).map((v, i) => (v === null || b[i] === null ? null : sign === '-' ? v - b[i]! : v + b[i]!));
		}
		throw badRequest(`outcome "${text}" is neither a column nor a sum or difference of two`, [text]);
	}

	/** One term as written: usually one variable, several for `factor:`. */
	term(text: string): Variable[] {
		if (this.has(text)) return [fromValues(text, this.number(text))];
		if (text.startsWith('factor:')) return this.factor(text.slice(7));
		if (text.startsWith('post:')) {
			const [first, time] = text
				.slice(5)
				.split('<=')
				.map((s) => s.trim());
			if (!first || !time) throw badRequest(`term "${text}" must be post:FIRST<=TIME`, [text]);
			const start = this.number(first);
			const now = this.number(time);
			return [{ name: 'post', at: (i) => (start[i] === null || now[i] === null ? null : start[i]! > 0 && now[i]! >= start[i]! ? 1 : 0) }];
		}
		const equals = text.indexOf('==');
		if (equals > 0 && this.has(text.slice(0, equals))) {
			const cells = this.text(text.slice(0, equals));
			const wanted = text.slice(equals + 2);
			return [{ name: text, at: (i) => (cells[i] === null ? null : sameValue(cells[i]!, wanted) ? 1 : 0) }];
		}
		const power = text.lastIndexOf('^');
		if (power > 0 && /^\d+$/.test(text.slice(power + 1))) {
			const [base] = this.term(text.slice(0, power));
			const exponent = Number(text.slice(power + 1));
			return [{ name: text, at: (i) => (base!.at(i) === null ? null : base!.at(i)! ** exponent) }];
		}
		const star = text.indexOf('*');
		if (star > 0) {
			const [left] = this.term(text.slice(0, star));
			const [right] = this.term(text.slice(star + 1));
			return [{ name: text, at: (i) => (left!.at(i) === null || right!.at(i) === null ? null : left!.at(i)! * right!.at(i)!) }];
		}
		throw badRequest(`term "${text}" is not a column, power, product, x==v, factor:x or post:FIRST<=TIME`, [text]);
	}

	private factor(column: string): Variable[] {
		const cells = this.text(column);
		const levels = [...new Set(cells.filter((c) => c !== null))];
		const numeric = levels.every((level) => Number.isFinite(Number(level)));
		levels.sort(numeric ? (a, b) => Number(a) - Number(b) : undefined);
		return levels
			.slice(1)
			.map((level) => ({ name: `${column}==${level}`, at: (i) => (cells[i] === null ? null : cells[i] === level ? 1 : 0) }));
	}
}

function fromValues(name: string, values: (number | null)[]): Variable {
	return { name, at: (i) => values[i]! };
}

/** Equal as numbers when both are numbers, else as text. */
export function sameValue(cell: string, wanted: unknown): boolean {
	if (cell === String(wanted)) return true;
	const a = Number(cell);
	const b = Number(wanted);
	return cell !== '' && String(wanted) !== '' && Number.isFinite(a) && a === b;
}

export interface ModelRows {
	outcome: Float64Array;
	columns: Column[];
	/** Columns written as `factor:` get no robust variances of their own when there are many. */
	fromFactor: Set<string>;
	/** Texts of further columns, kept rows only, by the name asked for. */
	labels: Record<string, string[]>;
	numbers: Record<string, Float64Array>;
}

/** Outcome, terms and further columns on the rows where all are present. */
export function modelRows(
	data: Dataset,
	outcome: string,
	terms: readonly string[],
	labels: readonly string[] = [],
	numbers: readonly string[] = []
): ModelRows {
	const y = data.expression(outcome);
	const variables = terms.flatMap((term) => data.term(term).map((v) => ({ ...v, factor: term.startsWith('factor:') })));
	const texts = labels.map((column) => data.text(column));
	const extra = numbers.map((column) => data.number(column));
	const keep: number[] = [];
	for (let i = 0; i < data.rowCount; i++) {
		if (y[i] === null || texts.some((t) => t[i] === null) || extra.some((e) => e[i] === null)) continue;
		if (variables.some((v) => v.at(i) === null)) continue;
		keep.push(i);
	}
	if (keep.length === 0) throw badRequest('no row has every used column');
	return {
		outcome: Float64Array.from(keep, (i) => y[i]!),
		columns: variables.map((v) => ({ name: v.name, values: Float64Array.from(keep, (i) => v.at(i)!) })),
		fromFactor: new Set(variables.filter((v) => v.factor).map((v) => v.name)),
		labels: Object.fromEntries(labels.map((column, j) => [column, keep.map((i) => texts[j]![i]!)])),
		numbers: Object.fromEntries(numbers.map((column, j) => [column, Float64Array.from(keep, (i) => extra[j]![i]!)]))
	};
}

export function textArgument(args: RequestArguments, key: string): string {
	const value = args[key];
	if (typeof value !== 'string' || value === '') throw badRequest(`argument "${key}" must be a text`, [key]);
	return value;
}

export function listArgument(args: RequestArguments, key: string): string[] {
	const value = args[key] ?? [];
	if (!Array.isArray(value) || !value.every((v) => typeof v === 'string'))
		throw badRequest(`argument "${key}" must be a list of texts`, [key]);
	return value;
}

export function wholeArgument(args: RequestArguments, key: string, fallback: number, least: number): number {
	const value = args[key] ?? fallback;
	if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
		throw badRequest(`argument "${key}" must be a whole number of at least ${least}`, [key]);
	return value;
}
