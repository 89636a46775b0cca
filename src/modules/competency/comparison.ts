/** Whether shares of several units can be told apart, or may differ by chance. Pure. */
import { normalCdf, wilson } from '#statistics';

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
 * Each share with its interval, and those from which it can be told apart: by the test of two proportions with
 * continuity correction (Fleiss 1981, ch. 2), at 0.05 shared among all pairs (Bonferroni). If all units were alike, some
 * pair would be told apart in at most one of twenty such pictures. Null for those of whom nobody is assessed.
 */
export function compareShares(rows: Counted[]): (Compared | null)[] {
	const known = rows.filter((row) => row.assessed > 0).length;
	const limit = 0.05 / Math.max(1, (known * (known - 1)) / 2);
	return rows.map((row) => {
		const interval = wilson(row.withGap, row.assessed);
		if (!interval) return null;
		return {
			share: row.withGap / row.assessed,
			low: interval[0],
			high: interval[1],
			apartFrom: rows.flatMap((other, j) => (other !== row && other.assessed > 0 && chance(row, other) <= limit ? [j] : []))
		};
	});
}

/** How often two like units would differ at least so much, 0 to 1. */
function chance(a: Counted, b: Counted): number {
	const pooled = (a.withGap + b.withGap) / (a.assessed + b.assessed);
	const each = 1 / a.assessed + 1 / b.assessed;
	const error = Math.sqrt(pooled * (1 - pooled) * each);
	const distance = Math.abs(a.withGap / a.assessed - b.withGap / b.assessed) - each / 2;
	return error === 0 || distance <= 0 ? 1 : 2 * normalCdf(-distance / error);
}
