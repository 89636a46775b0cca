import { mean, variance } from '../describe.ts';
import type { Numbers } from '../describe.ts';
import { tTwoSidedP, tUpperTail } from '../distributions/studentT.ts';
import { interval, welchError } from './tTests.ts';

/** Two one-sided tests of equivalence within ±bound (Schuirmann 1987; Lakens 2017). */
export interface Equivalence {
	difference: number;
	se: number;
	df: number;
	bound: number;
	t_lower: number;
	p_lower: number;
	t_upper: number;
	p_upper: number;
	p_tost: number;
	p_two_sided: number;
	ci90: [number, number];
}

/** Equivalence from an estimate, its standard error and degrees of freedom; equivalent at 5% exactly when ci90 lies inside ±bound. */
export function tost(difference: number, se: number, df: number, bound: number): Equivalence {
	const tLower = (difference + bound) / se;
	const tUpper = (difference - bound) / se;
	const pLower = tUpperTail(tLower, df);
	const pUpper = tUpperTail(-tUpper, df);
	return {
		difference,
		se,
		df,
		bound,
		t_lower: tLower,
		p_lower: pLower,
		t_upper: tUpper,
		p_upper: pUpper,
		p_tost: Math.max(pLower, pUpper),
		p_two_sided: tTwoSidedP(difference / se, df),
		ci90: interval(difference, se, df, 0.9)
	};
}

/** Welch TOST from two samples. */
export function tostWelch(first: Numbers, second: Numbers, bound: number): Equivalence {
	return tostWelchSummary(mean(first), variance(first), first.length, mean(second), variance(second), second.length, bound);
}

/** Welch TOST from means, variances and sizes. */
export function tostWelchSummary(m1: number, v1: number, n1: number, m2: number, v2: number, n2: number, bound: number): Equivalence {
	const { se, df } = welchError(v1, n1, v2, n2);
	return tost(m1 - m2, se, df, bound);
}

/** Paired TOST from summaries; the bound is in dz units (standard deviations of the differences). */
export function tostPairedSummary(n: number, m1: number, m2: number, sd1: number, sd2: number, r: number, boundDz: number): Equivalence {
	const sd = Math.sqrt(sd1 ** 2 + sd2 ** 2 - 2 * r * sd1 * sd2);
	return tost(m1 - m2, sd / Math.sqrt(n), n - 1, boundDz * sd);
}
