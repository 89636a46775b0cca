import { StatisticsFailure } from '../failure.ts';
import type { Table } from '../table.ts';

/** Request arguments as they come from a file: nothing about them is known yet. */
export type RequestArguments = Record<string, unknown>;

/** Answers read from a table: persons × items, null = missing, with any background column asked for. */
export interface ScoreTable {
	items: string[];
	scores: (number | null)[][];
	background: (string | null)[];
}

/**
 * Reads item scores by the request's `items` (a list, or "all") or its `long` description {person, item, value, one}:
 * a value equal to `one` scores 1, another 0; without `one` the value itself is the score. `background`: a column read
 * beside them and never taken for an item. Throws BAD_INPUT naming the argument, or the row and column.
 */
export function readScores(args: RequestArguments, table: Table, background: string | null = null): ScoreTable {
	if (background !== null) requireColumn(table, background);
	if (args.long !== undefined) return readLong(args, table, background);
	const items =
		args.items === undefined || args.items === 'all' ? table.columns.filter((name) => name !== background) : nameList(args.items, 'items');
	for (const name of items) requireColumn(table, name);
	if (items.length === 0) throw new StatisticsFailure('BAD_INPUT', '"items" names no column', ['items']);
	return {
		items,
		scores: table.rows.map((row, at) => items.map((name) => numberIn(row, name, at))),
		background: table.rows.map((row) => (background === null ? null : textIn(row, background)))
	};
}

function readLong(args: RequestArguments, table: Table, background: string | null): ScoreTable {
	const long = record(args.long, 'long');
	const person = columnName(table, long.person, 'long.person');
	const item = columnName(table, long.item, 'long.item');
	const value = columnName(table, long.value, 'long.value');
	const wanted = args.items === undefined || args.items === 'all' ? null : nameList(args.items, 'items');
	const items: string[] = wanted ? [...wanted] : [];
	const position = new Map(items.map((name, at) => [name, at]));
	const persons = new Map<string, { background: string | null; scores: (number | null)[] }>();
	table.rows.forEach((row, at) => {
		const who = textIn(row, person);
		const what = textIn(row, item);
		if (who === null || what === null) return;
		if (!position.has(what)) {
			if (wanted) return;
			position.set(what, items.length);
			items.push(what);
		}
		const one = persons.get(who) ?? { background: background === null ? null : textIn(row, background), scores: [] };
		persons.set(who, one);
		// The first answer of a person to an item counts; a repetition is not a second person.
		const place = position.get(what)!;
		if ((one.scores[place] ?? null) !== null) return;
		one.scores[place] = long.one === undefined ? numberIn(row, value, at) : rightOrWrong(textIn(row, value), long.one);
	});
	if (items.length === 0) throw new StatisticsFailure('BAD_INPUT', '"long" finds no item in the data', ['long']);
	const rows = [...persons.values()];
	return {
		items,
		scores: rows.map((row) => items.map((_, at) => row.scores[at] ?? null)),
		background: rows.map((row) => row.background)
	};
}

/** Ratings, targets × raters, by `ratings` (columns) or `long` {target: columns, rater, value}. */
export function readRatings(args: RequestArguments, table: Table): (number | null)[][] {
	if (args.long === undefined) {
		const raters = nameList(args.ratings, 'ratings');
		for (const name of raters) requireColumn(table, name);
		return table.rows.map((row, at) => raters.map((name) => numberIn(row, name, at)));
	}
	const long = record(args.long, 'long');
	const targets = (typeof long.target === 'string' ? [long.target] : nameList(long.target, 'long.target')).map((name) =>
		columnName(table, name, 'long.target')
	);
	const rater = columnName(table, long.rater, 'long.rater');
	const value = columnName(table, long.value, 'long.value');
	const raters = [...new Set(table.rows.map((row) => textIn(row, rater)).filter((name) => name !== null))];
	const rows = new Map<string, (number | null)[]>();
	table.rows.forEach((row, at) => {
		const who = textIn(row, rater);
		const parts = targets.map((name) => textIn(row, name));
		if (who === null || parts.includes(null)) return;
		const target = JSON.stringify(parts);
		const ratings = rows.get(target) ?? raters.map(() => null);
		rows.set(target, ratings);
		ratings[raters.indexOf(who)] ??= numberIn(row, value, at);
	});
	return [...rows.values()];
}

export function nameList(value: unknown, argument: string): string[] {
	if (!Array.isArray(value) || !value.every((name) => typeof name === 'string'))
		throw new StatisticsFailure('BAD_INPUT', `"${argument}" must be a list of column names`, [argument]);
	return value;
}

export function columnName(table: Table, value: unknown, argument: string): string {
	if (typeof value !== 'string') throw new StatisticsFailure('BAD_INPUT', `"${argument}" must be a column name`, [argument]);
	requireColumn(table, value);
	return value;
}

/** Cells compare with a value of the request as text, and as numbers where both are ("2" and 2.0). */
export function sameValue(cell: string, value: unknown): boolean {
	const wanted = String(value);
	if (cell.toLowerCase() === wanted.toLowerCase()) return true;
	return cell !== '' && wanted.trim() !== '' && Number(cell) === Number(wanted);
}

function rightOrWrong(cell: string | null, one: unknown): number | null {
	return cell === null ? null : sameValue(cell, one) ? 1 : 0;
}

function requireColumn(table: Table, name: string): void {
	if (!table.columns.includes(name)) throw new StatisticsFailure('BAD_INPUT', `the data have no column "${name}"`, [name]);
}

function record(value: unknown, argument: string): Record<string, unknown> {
	if (value === null || typeof value !== 'object' || Array.isArray(value))
		throw new StatisticsFailure('BAD_INPUT', `"${argument}" must be an object`, [argument]);
	return value as Record<string, unknown>;
}

/** Empty cells, and the "NA" that R writes, are missing. */
function textIn(row: Record<string, string>, name: string): string | null {
	const cell = (row[name] ?? '').trim();
	return cell === '' || cell === 'NA' ? null : cell;
}

function numberIn(row: Record<string, string>, name: string, at: number): number | null {
	const cell = textIn(row, name);
	if (cell === null) return null;
	if (/^true$/i.test(cell)) return 1;
	if (/^false$/i.test(cell)) return 0;
	const value = Number(cell);
	if (!Number.isFinite(value))
		throw new StatisticsFailure('BAD_INPUT', `row ${at + 1}, column "${name}": "${cell}" is not a number`, [name]);
	return value;
}
