import { correlation, mean, standardDeviation, variance } from '../describe.ts';
import type { Numbers } from '../describe.ts';
import { tQuantile, tTwoSidedP } from '../distributions/studentT.ts';
import { StatisticsFailure } from '../failure.ts';

/** A difference in outcome units with its standard error, degrees of freedom and interval. */
export interface TTest {
	difference: number;
	se: number;
	t: number;
	df: number;
	p: number;
	ci95: [number, number];
}

/** Interval estimate ± t·se at a confidence level such as 0.95. */
export function interval(estimate: number, se: number, df: number, level: number): [number, number] {
	const half = tQuantile(0.5 + level / 2, df) * se;
	return [estimate - half, estimate + half];
}

function tTest(difference: number, se: number, df: number): TTest {
	if (!(se > 0)) throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'the outcome does not vary');
	const t = difference / se;
	return { difference, se, t, df, p: tTwoSidedP(t, df), ci95: interval(difference, se, df, 0.95) };
}

/** Welch (1947): first minus second, unequal variances. */
export function welch(first: Numbers, second: Numbers): TTest {
	const { se, df } = welchError(variance(first), first.length, variance(second), second.length);
	return tTest(mean(first) - mean(second), se, df);
}

/** Standard error and Welch–Satterthwaite degrees of freedom from variances and sizes. */
export function welchError(v1: number, n1: number, v2: number, n2: number): { se: number; df: number } {
	const a = v1 / n1;
	const b = v2 / n2;
	if (a + b === 0) throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'neither group varies');
	return { se: Math.sqrt(a + b), df: (a + b) ** 2 / (a ** 2 / (n1 - 1) + b ** 2 / (n2 - 1)) };
}

/** Student's two-sample test with a pooled variance. */
export function student(first: Numbers, second: Numbers): TTest {
	const df = first.length + second.length - 2;
	const pooled = ((first.length - 1) * variance(first) + (second.length - 1) * variance(second)) / df;
	return tTest(mean(first) - mean(second), Math.sqrt(pooled * (1 / first.length + 1 / second.length)), df);
}

export interface PairedTTest extends TTest {
	/** Mean difference over the standard deviation of differences. */
	dz: number;
	/** Correlation of the two columns. */
	r: number;
}

/** Paired test; the columns must be in the same order of pairs. */
export function paired(first: Numbers, second: Numbers): PairedTTest {
	const differences = Float64Array.from(first, (v, i) => v - second[i]!);
	const sd = standardDeviation(differences);
	const n = differences.length;
	return { ...tTest(mean(differences), sd / Math.sqrt(n), n - 1), dz: mean(differences) / sd, r: correlation(first, second) };
}
