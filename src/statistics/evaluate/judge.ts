import { multiplier } from '../planning/power.ts';
import { rate } from '../quality/rating.ts';
import { because, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import type { Interval, Reason } from './result.ts';
import { decide, growthFactor, moreIn } from './verdict.ts';

/** Reasons that mean no comparison can be worked out, step 1 of specification §4. */
const NOT_ENOUGH: readonly Reason[] = [
	'NO_TREATED_GROUP',
	'FEW_PERSONS',
	'FEW_UNITS',
	'FEW_DEGREES_OF_FREEDOM',
	'FEW_ROWS',
	'NO_OUTCOME_VARIANCE',
	'NO_OVERLAP',
	'LOW_EFFECTIVE_SAMPLE',
	'BALANCING_NOT_ATTAINABLE',
	'NOT_FINITE',
	'NOT_CONVERGED'
];

/** Rates the evidence and gives the verdict in the order of specification §4. */
export function judge(draft: Draft): void {
	const { plan, result, quality } = draft;
	const minimum = plan.reliabilityKind === 'retest' ? 0.4 : 0.5;
	const unreliable = plan.outcomeReliability !== null && plan.outcomeReliability < minimum;
	if (unreliable) warn(draft, 'LOW_RELIABILITY');
	if (quality.design === 'QED') warn(draft, 'QED_UNMEASURED_CONFOUNDING');
	result.rating = rate({
		design: quality.design,
		lowAttrition: quality.lowAttrition,
		equivalent: quality.equivalent,
		confounded: quality.confounded || !plan.sameMeasurement,
		outcomeEligible: !unreliable && !plan.overAligned,
		parallelTrends: quality.parallelTrends
	});

	const stops = result.reasons.filter((r) => NOT_ENOUGH.includes(r));
	if (stops.length > 0 || result.estimate === null || result.ci95 === null || result.ci90 === null) {
		if (stops.length === 0) because(draft, 'FEW_ROWS');
		result.reasons = [...result.reasons.filter((r) => NOT_ENOUGH.includes(r)), ...result.reasons.filter((r) => !NOT_ENOUGH.includes(r))];
		return withoutEstimate(draft);
	}
	if (quality.design !== 'DESCRIPTIVE') result.mde ??= multiplier(result.df!) * result.se!;
	if (plan.look > plan.looks) {
		result.verdict = 'NO_CAUSAL_VERDICT';
		return because(draft, 'UNPLANNED_LOOK');
	}
	if (result.rating === 'DOES_NOT_MEET') {
		result.verdict = 'NO_CAUSAL_VERDICT';
		if (unreliable) because(draft, 'LOW_RELIABILITY');
		if (plan.overAligned) because(draft, 'OUTCOME_NOT_ELIGIBLE');
		if (!plan.sameMeasurement) because(draft, 'DIFFERENT_MEASUREMENT');
		if (quality.design !== 'DESCRIPTIVE' && !quality.equivalent) because(draft, 'BASELINE_NOT_EQUIVALENT');
		if (quality.design === 'RCT' && !quality.lowAttrition) because(draft, 'HIGH_ATTRITION');
		if (!quality.parallelTrends) because(draft, 'PRE_TRENDS');
		return;
	}

	const turn = plan.direction === 'higher' ? 1 : -1;
	const good = (i: Interval): Interval => (turn === 1 ? i : [-i[1], -i[0]]);
	const ci95 = good(result.ci95);
	const ci90 = good(result.ci90);
	Object.assign(result, decide(ci95, ci90, plan.delta));
	if (ci90[1] < 0) warn(draft, 'HARM_ALERT');
	if ((result.verdict === 'EFFECTIVE' || result.verdict === 'HARMFUL') && !robust(draft)) {
		result.verdict = 'INCONCLUSIVE';
		result.qualifier = null;
		because(draft, 'NOT_ROBUST');
		warn(draft, 'NOT_ROBUST');
		return;
	}
	if (result.verdict === 'INCONCLUSIVE') {
		const factor = growthFactor(result.estimate, result.se!, plan.delta);
		const { treated, comparison, of } = draft.sizes;
		result.moreNeeded = { treated: moreIn(treated, factor), comparison: moreIn(comparison, factor), of };
		warn(draft, 'SAY_HOW_MANY_MORE');
	}
}

/** B and C: every estimator beside has the sign of the headline and at least one other interval leaves zero out. */
function robust(draft: Draft): boolean {
	if (draft.robustness === null) return true;
	const { result } = draft;
	const others = result.beside.filter((b) => draft.robustness!.includes(b.name));
	const sign = Math.sign(result.estimate!);
	return (
		others.length > 0 &&
		others.every((b) => Math.sign(b.estimate) === sign) &&
		others.some((b) => b.ci95 !== null && (b.ci95[0] > 0 || b.ci95[1] < 0))
	);
}

/** Nothing that reads as an answer leaves with NOT_ENOUGH_DATA. */
function withoutEstimate(draft: Draft): void {
	Object.assign(draft.result, {
		verdict: 'NOT_ENOUGH_DATA',
		qualifier: null,
		estimate: null,
		se: null,
		df: null,
		p: null,
		ci95: null,
		ci90: null,
		estimator: null,
		intervalMethod: null,
		beside: [],
		effectSize: null,
		superiority: null,
		eventStudy: [],
		mde: null,
		moreNeeded: null
	});
}
