import { mean, variance } from '../describe.ts';
import type { Numbers } from '../describe.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { noncentralityAt } from '../distributions/noncentralT.ts';
import { logGamma } from '../distributions/special.ts';
import { StatisticsFailure } from '../failure.ts';

const Z975 = normalQuantile(0.975);

export interface StandardisedDifference {
	/** Cohen's d with the pooled standard deviation. */
	d: number;
	J_exact: number;
	g: number;
	J_approx: number;
	g_approx: number;
	/** sqrt(1/n₁ + 1/n₀ + g²/(2(n₁+n₀))). */
	se_large_sample: number;
	ci_normal: [number, number];
	/** Exact under normality, from the noncentral t (Steiger & Fouladi 1997). */
	ci_noncentral_d: [number, number];
	ci_noncentral_g: [number, number];
}

/** Hedges' factor J by gamma functions, df = n₁ + n₀ − 2. */
export function hedgesJ(df: number): number {
	return Math.exp(logGamma(df / 2) - 0.5 * Math.log(df / 2) - logGamma((df - 1) / 2));
}

/** J = 1 − 3/(4N − 9), the form of the WWC handbook, N persons in both groups. */
export function wwcJ(n: number): number {
	return 1 - 3 / (4 * n - 9);
}

/** Pooled standard deviation of two samples. */
export function pooledSd(first: Numbers, second: Numbers): number {
	const df = first.length + second.length - 2;
	return Math.sqrt(((first.length - 1) * variance(first) + (second.length - 1) * variance(second)) / df);
}

/** Hedges g, first minus second, with large-sample and exact intervals. */
export function hedges(first: Numbers, second: Numbers): StandardisedDifference {
	const n1 = first.length;
	const n2 = second.length;
	const df = n1 + n2 - 2;
	const sd = pooledSd(first, second);
	if (!(sd > 0)) throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'the outcome does not vary');
	const d = (mean(first) - mean(second)) / sd;
	const exact = hedgesJ(df);
	const approximate = 1 - 3 / (4 * df - 1);
	const g = exact * d;
	const se = Math.sqrt(1 / n1 + 1 / n2 + g ** 2 / (2 * (n1 + n2)));
	const scale = Math.sqrt(1 / n1 + 1 / n2);
	const t = d / scale;
	const low = noncentralityAt(t, df, 0.975) * scale;
	const high = noncentralityAt(t, df, 0.025) * scale;
	return {
		d,
		J_exact: exact,
		g,
		J_approx: approximate,
		g_approx: approximate * d,
		se_large_sample: se,
		ci_normal: [g - Z975 * se, g + Z975 * se],
		ci_noncentral_d: [low, high],
		ci_noncentral_g: [low * exact, high * exact]
	};
}

/** Baseline g of the WWC handbook: pooled SD and J = 1 − 3/(4N − 9). Zero when both groups are the same constant. */
export function wwcG(first: Numbers, second: Numbers): number {
	const difference = mean(first) - mean(second);
	const sd = pooledSd(first, second);
	if (sd === 0) {
		if (difference === 0) return 0;
		throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'groups differ but neither varies');
	}
	return (wwcJ(first.length + second.length) * difference) / sd;
}

export interface BinaryContrast {
	p_treated: number;
	p_control: number;
	risk_difference: number;
	se_wald: number;
	odds_ratio: number;
	/** ln(OR)/1.65 (Cox 1970). */
	cox_d: number;
	cox_d_small_sample_corrected: number;
	cox_ci95: [number, number];
}

/** Cox index from two proportions; throws when one is 0 or 1, because the odds ratio is then not finite. */
export function coxIndex(p1: number, p0: number): number {
	if (!(p1 > 0 && p1 < 1 && p0 > 0 && p0 < 1))
		throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'a proportion of 0 or 1 has no odds ratio');
	return Math.log((p1 * (1 - p0)) / (p0 * (1 - p1))) / 1.65;
}

/** A 0/1 outcome in two arms. The interval of the Cox index is Woolf's interval of the log odds ratio over 1.65. */
export function binaryContrast(first: Numbers, second: Numbers): BinaryContrast {
	const n1 = first.length;
	const n0 = second.length;
	const p1 = mean(first);
	const p0 = mean(second);
	const cox = coxIndex(p1, p0);
	const half = (Z975 * Math.sqrt(1 / (n1 * p1 * (1 - p1)) + 1 / (n0 * p0 * (1 - p0)))) / 1.65;
	return {
		p_treated: p1,
		p_control: p0,
		risk_difference: p1 - p0,
		se_wald: Math.sqrt((p1 * (1 - p1)) / n1 + (p0 * (1 - p0)) / n0),
		odds_ratio: Math.exp(cox * 1.65),
		cox_d: cox,
		cox_d_small_sample_corrected: wwcJ(n1 + n0) * cox,
		cox_ci95: [cox - half, cox + half]
	};
}
