import { weightedMean } from '../describe.ts';
import { column, checkShape, totals, type CompleteScores } from './responses.ts';
import { correlation, isConstant } from './moments.ts';

export type ItemFlag = 'TOO_HARD' | 'TOO_EASY' | 'LOW_DISCRIMINATION' | 'CHECK_KEY' | 'NO_VARIANCE';

export interface ItemStatistics {
	/** Mean score; for 0/1 items the proportion right. */
	difficulty: number;
	/** Correlation with the total, the item included; null without variance. */
	pointBiserial: number | null;
	/** Correlation with the total of the other items (corrected item–total); null without variance. */
	itemRest: number | null;
	/** Mean score of the upper 27% minus that of the lower 27% by total; null when all totals are equal. */
	upperLower: number | null;
	flags: ItemFlag[];
}

/** Persons below which item statistics are not shown, and below which they carry the label "provisional". */
export const minimumPersonsForItems = 30;
export const provisionalBelowPersons = 100;

/**
 * Classical item statistics of complete rows (persons × items, in points; `maximum` = points of one item, for the
 * flags of difficulty). Flags: difficulty under 0.20 or over 0.90 of the maximum; item–rest under 0.15; item–rest
 * under 0, which usually means a wrong key.
 */
export function itemStatistics(scores: CompleteScores, maximum = 1): ItemStatistics[] {
	const items = checkShape(scores);
	const total = totals(scores);
	const share = upperLowerShares(total);
	return Array.from({ length: items }, (_, item) => {
		const values = column(scores, item);
		const rest = total.map((sum, person) => sum - values[person]!);
		// Sum over count, so that 27 of 30 is exactly 0.9 and the flags fall where the rule says.
		const difficulty = values.reduce((sum, value) => sum + value, 0) / values.length;
		const itemRest = correlation(values, rest);
		return {
			difficulty,
			pointBiserial: correlation(values, total),
			itemRest,
			upperLower: share && weightedMean(values, share.upper) - weightedMean(values, share.lower),
			flags: flagsOf(difficulty / maximum, itemRest, isConstant(values))
		};
	});
}

function flagsOf(difficulty: number, itemRest: number | null, constant: boolean): ItemFlag[] {
	const flags: ItemFlag[] = [];
	if (constant) flags.push('NO_VARIANCE');
	if (difficulty < 0.2) flags.push('TOO_HARD');
	if (difficulty > 0.9) flags.push('TOO_EASY');
	if (itemRest !== null && itemRest < 0.15) flags.push('LOW_DISCRIMINATION');
	if (itemRest !== null && itemRest < 0) flags.push('CHECK_KEY');
	return flags;
}

/**
 * Weights of each person in the upper and lower 27% (Kelley 1939). The 27% mark usually falls inside a group of equal
 * totals; each of them then enters with the same fraction, so that the index does not depend on the order of rows.
 */
function upperLowerShares(total: readonly number[]): { upper: number[]; lower: number[] } | null {
	if (total.length < 2 || isConstant(total)) return null;
	return {
		upper: shares(total, 0.27 * total.length),
		lower: shares(
			total.map((sum) => -sum),
			0.27 * total.length
		)
	};
}

function shares(ranked: readonly number[], wanted: number): number[] {
	const counts = new Map<number, number>();
	for (const value of ranked) counts.set(value, (counts.get(value) ?? 0) + 1);
	const fraction = new Map<number, number>();
	let left = wanted;
	for (const value of [...counts.keys()].sort((a, b) => b - a)) {
		const taken = Math.min(left, counts.get(value)!);
		fraction.set(value, taken / counts.get(value)!);
		left -= taken;
	}
	return ranked.map((value) => fraction.get(value)!);
}
