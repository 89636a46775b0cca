import { entropyBalance } from '../causal/entropyBalance.ts';
import { matchOnScore } from '../causal/matching.ts';
import { aipw, ipwAtt } from '../causal/propensity.ts';
import { StatisticsFailure } from '../failure.ts';
import { cr2 } from '../regression/clustered.ts';
import { clustersFrom } from '../regression/clusters.ts';
import type { Clusters } from '../regression/clusters.ts';
import { coefficient, ols, positionOf } from '../regression/ols.ts';
import type { Column } from '../regression/ols.ts';
import { robustSe } from '../regression/robust.ts';
import { describeOneGroup } from './description.ts';
import { arms, because, note, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import { wildClusterBootstrap } from '../resampling/wildClusterBootstrap.ts';
import { beside, setEffectSize, setHeadline } from './headline.ts';
import type { Resampled } from './headline.ts';
import { enough } from './lottery.ts';
import type { Observation } from './rows.ts';
import {
	armMeans,
	countFlow,
	covariateColumns,
	examineBalance,
	examineConfounding,
	examineExposure,
	treatedGain,
	unitsOf
} from './sample.ts';
import type { Covariates } from './sample.ts';

const LEAST_EFFECTIVE = 20;
/** Whole units were treated and there are enough rows a unit for that to be no accident. */
const ROWS_A_UNIT = 1.5;

/** B: entropy balancing on the baseline and covariates, then weighted regression (effect on the treated). */
export function evaluateComparison(draft: Draft): void {
	const { plan, reading, result } = draft;
	const everyone = reading.observations;
	const { treated, comparison } = arms(everyone);
	if (treated.length === 0) {
		countFlow(draft, everyone, []);
		return because(draft, 'NO_TREATED_GROUP');
	}
	if (comparison.length === 0) return describeOneGroup(draft);

	draft.quality.design = 'QED';
	if (plan.selectedOnBaseline) warn(draft, 'REGRESSION_TO_MEAN_RISK');
	// Without a lottery an imputed baseline proves nothing: rows must be complete.
	const rows = everyone.filter((o) => o.outcome !== null && o.baseline !== null && o.covariates.every((v) => v !== null));
	const lost = everyone.filter((o) => o.outcome !== null).length - rows.length;
	if (lost > 0) note(draft, `INCOMPLETE_ROWS_LEFT_OUT:${lost}`);
	countFlow(draft, everyone, rows);
	examineConfounding(draft, rows);
	examineExposure(draft, rows);
	const split = { treated: rows.filter((o) => o.assigned === 1), comparison: rows.filter((o) => o.assigned === 0) };
	result.means = { treated: armMeans(split.treated), comparison: armMeans(split.comparison) };
	draft.gain = treatedGain(split.treated);
	draft.sizes = { treated: split.treated.length, comparison: split.comparison.length, of: 'persons' };
	const byUnit = treatedWhole(draft, rows);
	if (byUnit) warn(draft, 'CLUSTERED_ASSIGNMENT');
	const unitsCount = byUnit && !draft.quality.confounded;
	if (!enough(draft, rows, unitsCount ? 'both' : 'persons')) return;
	if (byUnit) draft.sizes = { treated: unitsOf(rows, 1).size, comparison: unitsOf(rows, 0).size, of: 'units' };
	estimate(draft, rows, byUnit && !draft.quality.confounded);
}

function treatedWhole(draft: Draft, rows: readonly Observation[]): boolean {
	if (draft.plan.columns.unit === null || rows.some((o) => o.unit === null)) return false;
	const comparison = unitsOf(rows, 0);
	const treated = unitsOf(rows, 1);
	const units = treated.size + comparison.size;
	return rows.length >= ROWS_A_UNIT * units && ![...treated].some((u) => comparison.has(u));
}

function estimate(draft: Draft, rows: readonly Observation[], byUnit: boolean): void {
	const { result } = draft;
	const outcome = Float64Array.from(rows, (o) => o.outcome!);
	const treat: Column = { name: 'assigned', values: Float64Array.from(rows, (o) => o.assigned!) };
	const covariates = covariateColumns(draft, rows, true);
	const base = ols({ outcome, columns: covariates.columns });
	for (const name of base.droppedNames) note(draft, `COLLINEAR_DROPPED:${name}`);
	const kept = covariates.columns.filter((column) => base.names.includes(column.name));
	examineBalance(draft, rows, covariates, (name) => base.names.includes(name));

	const propensity = ipwAtt(outcome, treat.values, kept);
	refuseWithoutOverlap(draft, propensity.model, treat.values, covariates);
	const balanced = entropyBalance(treat.values, kept);
	examineBalance(draft, rows, covariates, (name) => base.names.includes(name), { weights: balanced.weights });
	if (balanced.ess < LEAST_EFFECTIVE) because(draft, 'LOW_EFFECTIVE_SAMPLE');
	note(draft, `EFFECTIVE_COMPARISON:${balanced.ess.toFixed(1)}`);

	const fit = ols({ outcome, columns: [treat, ...kept], weights: balanced.weights });
	const position = positionOf(fit, 'assigned');
	const clusters = byUnit ? clustersFrom(rows.map((o) => o.unit!)) : null;
	if (clusters) {
		const robust = cr2(fit, position, clusters);
		if (robust.df < 4) because(draft, 'FEW_DEGREES_OF_FREEDOM');
		setHeadline(
			draft,
			'entropy_balanced_cr2',
			coefficient(fit, 'assigned'),
			robust.se,
			robust.df,
			fewUnits(draft, rows, outcome, treat, kept, balanced.weights, clusters)
		);
	} else setHeadline(draft, 'entropy_balanced_hc2', coefficient(fit, 'assigned'), robustSe(fit, position, 'HC2'), fit.df);

	const byArm = (arm: 0 | 1) => rows.flatMap((o) => (o.assigned === arm ? [o.outcome!] : []));
	setEffectSize(draft, byArm(1), byArm(0));
	const df = rows.length - 2;
	const change = ols({ outcome: Float64Array.from(rows, (o) => o.outcome! - o.baseline!), columns: [treat] });
	const changeError = clusters ? cr2(change, 1, clusters) : { se: robustSe(change, 1, 'HC2'), df: change.df };
	const doubly = aipw(outcome, treat.values, kept, 'ATT');
	const matched = matchOnScore(outcome, treat.values, propensity.model.fitted);
	result.beside.push(
		beside('change_score_did', change.coefficients[1]!, changeError.se, changeError.df),
		beside('ipw_att', propensity.estimate, propensity.se, df),
		beside('aipw_att', doubly.estimate, doubly.se, df),
		beside('matching_att', matched.estimate, matched.se, df)
	);
	draft.robustness = ['change_score_did', 'ipw_att', 'aipw_att', 'matching_att'];
}

/** Few units in an arm: the weighted regression is bootstrapped by unit too, and the wider interval is shown. */
function fewUnits(
	draft: Draft,
	rows: readonly Observation[],
	outcome: Float64Array,
	treat: Column,
	covariates: Column[],
	weights: Float64Array,
	clusters: Clusters
): Resampled | null {
	if (Math.min(unitsOf(rows, 1).size, unitsOf(rows, 0).size) >= 10) return null;
	const { plan, critical } = draft;
	const test = wildClusterBootstrap({ outcome, treat, covariates, clusters, draws: plan.draws, seed: plan.seed, weights });
	return { method: 'wild_cluster_bootstrap', p: test.p, ci95: test.interval(critical.level95), ci90: test.interval(critical.level90) };
}

/** Stops B when covariates (nearly) decide who was treated, naming those that lie farthest apart. */
function refuseWithoutOverlap(
	draft: Draft,
	model: { fitted: Float64Array; separated: boolean },
	treat: Float64Array,
	covariates: Covariates
): void {
	let lowestTreated = Infinity;
	let highestComparison = -Infinity;
	model.fitted.forEach((p, i) => {
		if (treat[i] === 1) lowestTreated = Math.min(lowestTreated, p);
		else highestComparison = Math.max(highestComparison, p);
	});
	if (!model.separated && lowestTreated <= highestComparison) return;
	const apart = draft.result.balance.filter((row) => row.g === null || Math.abs(row.g) > 1).map((row) => row.name);
	const widest = [...draft.result.balance]
		.sort((a, b) => Math.abs(b.g ?? 99) - Math.abs(a.g ?? 99))
		.slice(0, 1)
		.map((row) => row.name);
	warn(draft, 'NO_OVERLAP');
	throw new StatisticsFailure(
		'NO_OVERLAP',
		'no overlap',
		apart.length > 0 ? apart : widest.length > 0 ? widest : covariates.columns.map((c) => c.name)
	);
}
