import { mean, standardDeviation } from '../describe.ts';
import { regressionToMean } from '../quality/gains.ts';
import { because, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import { setHeadline } from './headline.ts';
import { armMeans, examineExposure, treatedGain } from './sample.ts';

/**
 * One group: before and after (E), after only (F), or any design whose comparison group is missing.
 * A description with a paired interval, never an effect.
 */
export function describeOneGroup(draft: Draft): void {
	const { plan, reading, result } = draft;
	const people = reading.observations.filter((o) => o.assigned !== 0);
	const measured = people.filter((o) => o.outcome !== null);
	const afterOnly = plan.class === 'F' || plan.columns.baseline === null;
	const used = afterOnly ? measured : measured.filter((o) => o.baseline !== null);
	const { flow } = result;
	flow.assigned.treated = people.length;
	flow.attended.treated = plan.columns.attended ? people.filter((o) => o.attended === 1).length : people.length;
	flow.measured.treated = measured.length;
	flow.analysed.treated = used.length;
	if (plan.columns.unit) flow.units = { treated: new Set(used.map((o) => o.unit)).size, comparison: 0 };

	draft.quality.design = 'DESCRIPTIVE';
	warn(draft, 'NO_COMPARISON_GROUP');
	because(draft, 'NO_COMPARISON_GROUP');
	if (afterOnly) because(draft, 'AFTER_ONLY');
	if (plan.selectedOnBaseline) {
		warn(draft, 'REGRESSION_TO_MEAN_RISK');
		because(draft, 'REGRESSION_TO_MEAN_RISK');
	}
	examineExposure(draft, people);
	result.means = { treated: armMeans(used), comparison: null };
	draft.gain = afterOnly ? null : treatedGain(used);
	if (used.length < 10) return because(draft, 'FEW_PERSONS');

	const outcomes = used.map((o) => o.outcome!);
	if (new Set(outcomes).size === 1) return noVariance(draft);
	const values = afterOnly ? outcomes : used.map((o) => o.outcome! - o.baseline!);
	if (new Set(values).size === 1) return noVariance(draft);
	const n = values.length;
	setHeadline(draft, afterOnly ? 'mean_after' : 'paired_change', mean(values), standardDeviation(values) / Math.sqrt(n), n - 1);
	if (afterOnly) result.p = null;
	if (plan.selectedOnBaseline && plan.populationMean !== null && plan.outcomeReliability !== null && !afterOnly) {
		const artefact = regressionToMean(plan.populationMean, mean(used.map((o) => o.baseline!)), plan.outcomeReliability);
		result.beside.push({
			name: 'regression_to_mean_expected',
			estimate: artefact,
			se: null,
			ci95: null,
			note: '(1−r)(μ−mean of those chosen)'
		});
	}
}

function noVariance(draft: Draft): void {
	warn(draft, 'NO_OUTCOME_VARIANCE');
	because(draft, 'NO_OUTCOME_VARIANCE');
}
