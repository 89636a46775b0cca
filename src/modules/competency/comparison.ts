/** Whether shares of several units can be told apart, or may differ by chance. Pure. */
import { wilson } from '#statistics';

export interface Counted {
	/** People with a valid rating. */
	assessed: number;
	/** Of these, below what is asked. */
	withGap: number;
}

export interface Compared {
	/** 0 to 1, with its 95 % interval (Wilson). */
	share: number;
	low: number;
	high: number;
	/** Places of the others from which it can be told apart. */
	apartFrom: number[];
}

/**
 * Each share with its interval. Two are told apart only when their intervals at 1 − 0.05/k do not meet, k being the
 * number compared (Bonferroni): if all units were alike, some pair would be told apart in at most one of twenty such
 * pictures. Null for those of whom nobody is assessed.
 */
export function compareShares(rows: Counted[]): (Compared | null)[] {
	const level = 1 - 0.05 / Math.max(1, rows.filter((row) => row.assessed > 0).length);
	const wide = rows.map((row) => wilson(row.withGap, row.assessed, level));
	return rows.map((row, i) => {
		const interval = wilson(row.withGap, row.assessed);
		if (!interval) return null;
		const own = wide[i]!;
		return {
			share: row.withGap / row.assessed,
			low: interval[0],
			high: interval[1],
			apartFrom: wide.flatMap((other, j) => (other && (other[0] > own[1] || other[1] < own[0]) ? [j] : []))
		};
	});
}
