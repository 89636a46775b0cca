import { finite, StatisticsFailure } from '../failure.ts';

/** One row a person, one column an item, in points; null where the person gave no answer. */
export type Scores = readonly (readonly (number | null)[])[];
/** The same without gaps. */
export type CompleteScores = readonly (readonly number[])[];

/** Rows in which every item is answered, in their order. */
export function completeRows(scores: Scores): number[][] {
	return scores.filter((row): row is number[] => row.every((value) => value !== null)).map((row) => [...row]);
}

/** Turns the named columns round (minimum + maximum − value), as negatively worded items need. Gaps stay. */
export function reverseItems(scores: Scores, columns: readonly number[], minimum: number, maximum: number): (number | null)[][] {
	const reversed = new Set(columns);
	return scores.map((row) => row.map((value, item) => (value !== null && reversed.has(item) ? minimum + maximum - value : value)));
}

/** Scores chosen options against the key: 1 right, 0 wrong; null (nothing chosen) is wrong too, as on a paper test. */
export function scoreAgainstKey(chosen: readonly (readonly (string | null)[])[], key: readonly string[]): number[][] {
	return chosen.map((row) => key.map((right, item) => (row[item] === right ? 1 : 0)));
}

export function totals(scores: CompleteScores): number[] {
	return scores.map((row) => row.reduce((sum, value) => sum + value, 0));
}

export function column(scores: CompleteScores, item: number): number[] {
	return scores.map((row) => row[item]!);
}

/**
 * Number of items, after checking the shape: at least one person, at least one item, equal row lengths, finite values.
 * Throws TOO_FEW_ROWS, BAD_INPUT or NOT_FINITE.
 */
export function checkShape(scores: Scores): number {
	const first = scores[0];
	if (!first) throw new StatisticsFailure('TOO_FEW_ROWS', 'no person has a complete row');
	if (first.length === 0) throw new StatisticsFailure('BAD_INPUT', 'no item');
	scores.forEach((row, person) => {
		if (row.length !== first.length)
			throw new StatisticsFailure('BAD_INPUT', `row ${person + 1} has ${row.length} values, the first has ${first.length}`);
		row.forEach((value, item) => {
			if (value !== null) finite(value, `row ${person + 1}, item ${item + 1}`);
		});
	});
	return first.length;
}

/** As `checkShape`, and every value 0, 1 or null. Throws BAD_INPUT. */
export function checkDichotomous(scores: Scores): number {
	const items = checkShape(scores);
	scores.forEach((row, person) =>
		row.forEach((value, item) => {
			if (value !== null && value !== 0 && value !== 1)
				throw new StatisticsFailure('BAD_INPUT', `row ${person + 1}, item ${item + 1} is ${value}; 0 or 1 expected`);
		})
	);
	return items;
}
