import { tTwoSidedP } from '../distributions/studentT.ts';
import { finite, StatisticsFailure } from '../failure.ts';
import { binaryContrast, pooledSd, wwcJ } from '../twoSample/effectSize.ts';
import { superiority } from '../twoSample/superiority.ts';
import { interval } from '../twoSample/tTests.ts';
import type { Draft } from './draft.ts';
import type { Beside, Interval } from './result.ts';
import { intervals } from './verdict.ts';

/** Intervals by resampling, to stand beside those of the t distribution. */
export interface Resampled {
	method: 'permutation' | 'wild_cluster_bootstrap';
	ci95: Interval;
	ci90: Interval;
	p: number;
}

/**
 * Writes the headline: estimate, standard error and the wider of the analytic and the resampled interval.
 * Both intervals come from the same method, so the 90% interval lies inside the 95% one.
 */
export function setHeadline(
	draft: Draft,
	estimator: string,
	estimate: number,
	se: number,
	df: number,
	resampled: Resampled | null = null
): void {
	finite(estimate, 'estimate');
	finite(df, 'df');
	if (!(finite(se, 'se') > 0)) throw new StatisticsFailure('NO_OUTCOME_VARIANCE', 'the estimate has no spread');
	const { result } = draft;
	const analytic = intervals(estimate, se, df, draft.critical.scale);
	const width = (i: Interval) => i[1] - i[0];
	const useResampled = resampled !== null && width(resampled.ci95) > width(analytic.ci95);
	const chosen = useResampled ? resampled : analytic;
	Object.assign(result, { estimator, estimate, se, df, ci95: chosen.ci95, ci90: chosen.ci90 });
	result.intervalMethod = useResampled ? resampled.method : 't';
	result.p = useResampled ? Math.max(resampled.p, tTwoSidedP(estimate / se, df)) : tTwoSidedP(estimate / se, df);
	if (resampled) {
		const other = useResampled
			? { name: 'interval_t', ci95: analytic.ci95 }
			: { name: `interval_${resampled.method}`, ci95: resampled.ci95 };
		result.beside.push({ name: other.name, estimate, se: useResampled ? se : null, ci95: other.ci95, note: `p=${resampled.p.toFixed(4)}` });
	}
}

/** A beside row from an estimate, its standard error and degrees of freedom. */
export function beside(name: string, estimate: number, se: number, df: number, remark?: string): Beside {
	finite(estimate, name);
	finite(se, name);
	return { name, estimate, se, ci95: interval(estimate, se, df, 0.95), ...(remark !== undefined && { note: remark }) };
}

/**
 * Effect size of the headline: Hedges g with the pooled SD of the outcome, or the Cox index of a 0/1 outcome,
 * and the chance that a treated person ranks higher.
 */
export function setEffectSize(draft: Draft, treated: readonly number[], comparison: readonly number[]): void {
	const { result } = draft;
	if (result.estimate === null || result.ci95 === null) return;
	const rank = superiority(treated, comparison);
	result.superiority = { estimate: rank.probability, ci95: rank.ci95 };
	const values = new Set([...treated, ...comparison]);
	if (values.size === 2 && values.has(0) && values.has(1)) {
		const share = (list: readonly number[]) => list.reduce((sum, v) => sum + v, 0) / list.length;
		const inside = (p: number) => p > 0 && p < 1;
		// With nobody (or everybody) at 1 in an arm the odds ratio is not finite and there is no index.
		if (!inside(share(treated)) || !inside(share(comparison))) return;
		const contrast = binaryContrast(treated, comparison);
		result.effectSize = { name: 'cox_index', estimate: contrast.cox_d, ci95: contrast.cox_ci95 };
		return;
	}
	const scale = wwcJ(treated.length + comparison.length) / pooledSd(treated, comparison);
	if (!Number.isFinite(scale)) return;
	result.effectSize = { name: 'hedges_g', estimate: scale * result.estimate, ci95: [scale * result.ci95[0], scale * result.ci95[1]] };
}
