import { complierEffect } from '../causal/complier.ts';
import { leeBounds } from '../causal/leeBounds.ts';
import type { Clusters } from '../regression/clusters.ts';
import type { Column } from '../regression/ols.ts';
import type { Draft } from './draft.ts';
import { beside } from './headline.ts';
import type { Observation } from './rows.ts';

/**
 * The complier effect stands beside the intention to treat only when assignment moved attendance: take-up difference at
 * least 0.20 and first-stage F at least 16. With perfect take-up it is the intention to treat again and is left out.
 */
export function besideComplier(
	draft: Draft,
	rows: readonly Observation[],
	covariates: readonly Column[],
	clusters: Clusters | null,
	contamination: number
): void {
	if (draft.plan.columns.attended === null) return;
	if (rows.some((o) => o.attended === null)) return;
	const received = Float64Array.from(rows, (o) => (o.attended === 1 || o.otherCourse === 1 ? 1 : 0));
	if (new Set(received).size === 1 || rows.every((o, i) => o.assigned === received[i])) return;
	const assigned = Float64Array.from(rows, (o) => o.assigned!);
	const outcome = Float64Array.from(rows, (o) => o.outcome!);
	const share = (arm: 0 | 1) =>
		received.reduce((sum, v, i) => sum + (assigned[i] === arm ? v : 0), 0) / assigned.filter((v) => v === arm).length;
	if (share(1) - share(0) < 0.2) return;
	const effect = complierEffect(outcome, assigned, received, covariates, clusters);
	if (effect.takeUpDifference < 0.2 || effect.firstStageF < 16) return;
	const remark = contamination > 0.3 ? 'over 30% of the comparison took the course or an equivalent one' : undefined;
	draft.result.beside.push(beside('complier_effect', effect.estimate, effect.se, effect.df, remark));
}

/** Lee bounds, shown when attrition is high. Positive is a higher outcome, as measured. */
export function besideLee(draft: Draft, arms: { treated: readonly Observation[]; comparison: readonly Observation[] }): void {
	const outcomes = (arm: readonly Observation[]) => arm.map((o) => o.outcome);
	const lost = [...arms.treated, ...arms.comparison].some((o) => o.outcome === null);
	if (!lost) return;
	const b = leeBounds(outcomes(arms.treated), outcomes(arms.comparison), Math.min(draft.plan.draws, 999), draft.plan.seed);
	const df = arms.treated.length + arms.comparison.length - 2;
	draft.result.beside.push(beside('lee_lower_bound', b.lower, b.seLower, df), beside('lee_upper_bound', b.upper, b.seUpper, df));
}
