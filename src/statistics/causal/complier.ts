import { StatisticsFailure } from '../failure.ts';
import { dot, ols, positionOf } from '../regression/ols.ts';
import type { Column } from '../regression/ols.ts';
import { clusteredSe } from '../regression/clustered.ts';
import type { Clusters } from '../regression/clusters.ts';
import { robustSe } from '../regression/robust.ts';

export interface ComplierEffect {
	takeUpTreated: number;
	takeUpControl: number;
	/** Difference in take-up after covariates, and its robust F. */
	takeUpDifference: number;
	firstStageF: number;
	estimate: number;
	/** 2SLS, HC1; with clusters CR1S. */
	se: number;
	df: number;
}

/**
 * Effect on those who attend because they were assigned: ITT over the difference in take-up, that is 2SLS with assignment
 * as the instrument (Angrist, Imbens & Rubin 1996). Covariates enter both stages. With one instrument the coefficient is
 * z̃′y/z̃′d for z̃ the assignment net of covariates, and the robust variance Σ(z̃ᵢuᵢ)²/(z̃′d)².
 */
export function complierEffect(
	outcome: Float64Array,
	assigned: Float64Array,
	received: Float64Array,
	covariates: readonly Column[] = [],
	clusters: Clusters | null = null
): ComplierEffect {
	const n = outcome.length;
	const first = ols({ outcome: received, columns: [{ name: 'assigned', values: assigned }, ...covariates] });
	const position = positionOf(first, 'assigned');
	const takeUpDifference = first.coefficients[position]!;
	const firstSe = clusters ? clusteredSe(first, position, clusters, 'CR1S') : robustSe(first, position, 'HC1');
	const rest = (values: Float64Array) => ols({ outcome: values, columns: covariates }).residuals;
	const z = rest(assigned);
	const d = rest(received);
	const y = rest(outcome);
	const strength = dot(z, d);
	if (Math.abs(strength) < 1e-12 * n) throw new StatisticsFailure('BAD_INPUT', 'assignment does not change take-up');
	const estimate = dot(z, y) / strength;
	const scores = new Float64Array(clusters?.count ?? n);
	for (let i = 0; i < n; i++) {
		const g = clusters ? clusters.of[i]! : i;
		scores[g] = scores[g]! + z[i]! * (y[i]! - estimate * d[i]!);
	}
	const df = n - first.k;
	const factor = clusters ? ((clusters.count / (clusters.count - 1)) * (n - 1)) / df : n / df;
	const share = (arm: 0 | 1) => {
		const of = Array.from(received).filter((_, i) => assigned[i] === arm);
		return of.reduce((sum, v) => sum + v, 0) / of.length;
	};
	return {
		takeUpTreated: share(1),
		takeUpControl: share(0),
		takeUpDifference,
		// With perfect take-up the first stage has no error and any F would do.
		firstStageF: firstSe > 0 ? (takeUpDifference / firstSe) ** 2 : Number.MAX_VALUE,
		estimate,
		se: Math.sqrt(factor * dot(scores, scores)) / Math.abs(strength),
		df: clusters ? clusters.count - 1 : df
	};
}
