import type { CompletePlan } from './plan.ts';
import type { EvaluationResult, Reason, Warning } from './result.ts';
import type { Observation, Reading } from './rows.ts';
import type { Critical } from './verdict.ts';

/** Increases whenever an answer could change. */
export const ENGINE_VERSION = '1.0.0';

/**
 * A result in the making. A design fills it step by step, so that when a calculation fails the counts, attrition and
 * balance found so far are still shown.
 */
export interface Draft {
	plan: CompletePlan;
	reading: Reading;
	critical: Critical;
	result: EvaluationResult;
	/** Facts the rating needs; a design sets them before it estimates. */
	quality: {
		design: 'RCT' | 'QED' | 'DESCRIPTIVE';
		lowAttrition: boolean;
		equivalent: boolean;
		confounded: boolean;
		parallelTrends: boolean;
	};
	/** Sizes that "how many more" grows. */
	sizes: { treated: number; comparison: number; of: 'persons' | 'units' };
	/** Raw change of the treated, for the sentence without a causal verdict. */
	gain: number | null;
	/** Names in `beside` that must agree before a verdict stands (classes B and C). */
	robustness: string[] | null;
}

export function warn(draft: Draft, ...codes: Warning[]): void {
	for (const code of codes) if (!draft.result.warnings.includes(code)) draft.result.warnings.push(code);
}

export function because(draft: Draft, ...codes: Reason[]): void {
	for (const code of codes) if (!draft.result.reasons.includes(code)) draft.result.reasons.push(code);
}

export function note(draft: Draft, text: string): void {
	if (!draft.result.notes.includes(text)) draft.result.notes.push(text);
}

export function newDraft(plan: CompletePlan, reading: Reading, critical: Critical, planHash: string, dataHash: string): Draft {
	const none = () => ({ treated: 0, comparison: 0 });
	return {
		plan,
		reading,
		critical,
		quality: { design: 'DESCRIPTIVE', lowAttrition: false, equivalent: false, confounded: false, parallelTrends: true },
		sizes: { treated: 0, comparison: 0, of: 'persons' },
		gain: null,
		robustness: null,
		result: {
			class: plan.class,
			verdict: 'NOT_ENOUGH_DATA',
			qualifier: null,
			rating: null,
			reasons: [],
			warnings: [],
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
			flow: { assigned: none(), attended: none(), measured: none(), analysed: none(), units: null, alwaysTreated: 0 },
			attrition: null,
			balance: [],
			means: null,
			eventStudy: [],
			preTrend: null,
			mde: null,
			moreNeeded: null,
			sentence: { id: '', en: '' },
			notes: [],
			engineVersion: ENGINE_VERSION,
			planHash,
			dataHash,
			seed: plan.seed,
			draws: plan.draws
		}
	};
}

/** Persons split by assignment; those without one (possible only in E and F) are left out. */
export function arms(observations: readonly Observation[]): { treated: Observation[]; comparison: Observation[] } {
	return { treated: observations.filter((o) => o.assigned === 1), comparison: observations.filter((o) => o.assigned === 0) };
}
