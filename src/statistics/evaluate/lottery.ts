import { standardDeviation, correlation, mean } from '../describe.ts';
import { StatisticsFailure } from '../failure.ts';
import { clusterMde, twoArmMde } from '../planning/power.ts';
import { anovaIcc } from '../regression/anovaIcc.ts';
import { cr2 } from '../regression/clustered.ts';
import { clustersFrom } from '../regression/clusters.ts';
import type { Clusters } from '../regression/clusters.ts';
import { lin } from '../regression/lin.ts';
import { ols, positionOf } from '../regression/ols.ts';
import type { Column, Fit } from '../regression/ols.ts';
import { robustSe } from '../regression/robust.ts';
import { clusterPermutation } from '../resampling/permutation.ts';
import { wildClusterBootstrap } from '../resampling/wildClusterBootstrap.ts';
import { pooledSd } from '../twoSample/effectSize.ts';
import { welch } from '../twoSample/tTests.ts';
import { besideComplier, besideLee } from './besideLottery.ts';
import { describeOneGroup } from './description.ts';
import { arms, because, note, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import { beside, setEffectSize, setHeadline } from './headline.ts';
import type { Resampled } from './headline.ts';
import type { Observation } from './rows.ts';
import {
	armMeans,
	countFlow,
	covariateColumns,
	examineAttrition,
	examineBalance,
	examineConfounding,
	examineExposure,
	treatedGain,
	unitsOf
} from './sample.ts';

/** A1 and A2: intention to treat by ANCOVA, HC2 for persons, CR2 for units. */
export function evaluateLottery(draft: Draft): void {
	const { plan, reading, result } = draft;
	const everyone = reading.observations;
	const { treated, comparison } = arms(everyone);
	if (treated.length === 0) {
		countFlow(draft, everyone, everyone);
		return because(draft, 'NO_TREATED_GROUP');
	}
	if (comparison.length === 0) return describeOneGroup(draft);

	draft.quality.design = 'RCT';
	const rows = everyone.filter((o) => o.outcome !== null);
	const byUnit = plan.class === 'A2' || drawnByUnit(everyone);
	if (byUnit) warn(draft, 'CLUSTERED_ASSIGNMENT');
	if (byUnit && plan.class === 'A1') note(draft, 'UNITS_WERE_ASSIGNED_WHOLE');
	if (byUnit) refuseMixedUnits(draft, everyone);
	countFlow(draft, everyone, rows);
	examineAttrition(draft, everyone, byUnit);
	examineConfounding(draft, rows);
	const { contamination } = examineExposure(draft, rows);
	const measured = { treated: rows.filter((o) => o.assigned === 1), comparison: rows.filter((o) => o.assigned === 0) };
	result.means = { treated: armMeans(measured.treated), comparison: armMeans(measured.comparison) };
	draft.gain = treatedGain(measured.treated);
	if (enough(draft, rows, byUnit ? 'both' : 'persons')) estimate(draft, rows, byUnit, contamination);
}

/** Persons were drawn singly on paper, but every unit of several persons is wholly in one arm: the unit was drawn. */
function drawnByUnit(rows: readonly Observation[]): boolean {
	const labelled = rows.filter((o) => o.unit !== null);
	const treated = unitsOf(labelled, 1);
	const comparison = unitsOf(labelled, 0);
	const units = treated.size + comparison.size;
	return labelled.length === rows.length && units >= 2 && rows.length >= 1.5 * units && ![...treated].some((u) => comparison.has(u));
}

/** A unit cannot be in both arms of a lottery of units; the unit at assignment counts. */
function refuseMixedUnits(draft: Draft, rows: readonly Observation[]): void {
	const comparison = unitsOf(rows, 0);
	const mixed = [...unitsOf(rows, 1)].filter((u) => comparison.has(u));
	if (mixed.length > 0) note(draft, `UNITS_IN_BOTH_ARMS:${mixed.length}`);
}

/** Step 1 of the verdict: sizes below which nothing is estimated. Persons need 10 an arm, units 4. */
export function enough(draft: Draft, rows: readonly Observation[], count: 'persons' | 'units' | 'both'): boolean {
	const of = (arm: 0 | 1) => rows.filter((o) => o.assigned === arm).length;
	if (count !== 'units' && (of(1) < 10 || of(0) < 10)) because(draft, 'FEW_PERSONS');
	if (count !== 'persons' && (unitsOf(rows, 1).size < 4 || unitsOf(rows, 0).size < 4)) because(draft, 'FEW_UNITS');
	if (rows.length > 0 && new Set(rows.map((o) => o.outcome)).size === 1) {
		because(draft, 'NO_OUTCOME_VARIANCE');
		warn(draft, 'NO_OUTCOME_VARIANCE');
	}
	return !draft.result.reasons.some((r) => r === 'FEW_PERSONS' || r === 'FEW_UNITS' || r === 'NO_OUTCOME_VARIANCE');
}

function estimate(draft: Draft, rows: readonly Observation[], byUnit: boolean, contamination: number): void {
	const { plan, result } = draft;
	const outcome = Float64Array.from(rows, (o) => o.outcome!);
	const treat: Column = { name: 'assigned', values: Float64Array.from(rows, (o) => o.assigned!) };
	const covariates = covariateColumns(draft, rows, true);
	const n1 = rows.filter((o) => o.assigned === 1).length;
	const n0 = rows.length - n1;
	const interacted = plan.interaction && n1 >= 20 && n0 >= 20 && covariates.columns.length > 0;
	if (plan.interaction && !interacted) note(draft, 'INTERACTION_LEFT_OUT');
	// Collinear covariates leave first, on their own, so that the treatment is never the one dropped.
	const base = ols({ outcome, columns: covariates.columns });
	for (const name of base.droppedNames) note(draft, `COLLINEAR_DROPPED:${name}`);
	const kept = covariates.columns.filter((column) => base.names.includes(column.name));
	const fit = interacted ? lin(outcome, treat, kept) : ols({ outcome, columns: [treat, ...kept] });
	examineBalance(draft, rows, covariates, (name) => fit.names.includes(name));
	const position = positionOf(fit, 'assigned');
	const model = interacted ? 'lin' : kept.length > 0 ? 'ancova' : 'difference';

	const clusters = byUnit ? clustersFrom(rows.map((o) => o.unit!)) : taughtClusters(draft, rows);
	if (clusters) {
		const robust = cr2(fit, position, clusters);
		const resampled = fewClusters(draft, rows, byUnit, { outcome, treat, kept, clusters });
		setHeadline(draft, `itt_${model}_cr2`, fit.coefficients[position]!, robust.se, robust.df, resampled);
		if (robust.df < 4) because(draft, 'FEW_DEGREES_OF_FREEDOM');
	} else {
		setHeadline(draft, `itt_${model}_hc2`, fit.coefficients[position]!, robustSe(fit, position, 'HC2'), fit.df);
	}
	draft.sizes = byUnit
		? { treated: unitsOf(rows, 1).size, comparison: unitsOf(rows, 0).size, of: 'units' }
		: { treated: n1, comparison: n0, of: 'persons' };
	result.mde = byUnit ? unitMde(outcome, base, clusters!, draft.sizes) : personMde(rows, fit.df);

	const split = { treated: valuesOf(rows, 1), comparison: valuesOf(rows, 0) };
	setEffectSize(draft, split.treated, split.comparison);
	result.beside.push(unadjusted(outcome, treat, clusters, split));
	besideComplier(draft, rows, kept, clusters, contamination);
	if (!draft.quality.lowAttrition) besideLee(draft, arms(draft.reading.observations));
}

function valuesOf(rows: readonly Observation[], arm: 0 | 1): number[] {
	return rows.flatMap((o) => (o.assigned === arm ? [o.outcome!] : []));
}

function unadjusted(outcome: Float64Array, treat: Column, clusters: Clusters | null, split: { treated: number[]; comparison: number[] }) {
	if (!clusters) {
		const test = welch(split.treated, split.comparison);
		return beside('unadjusted_difference', test.difference, test.se, test.df);
	}
	const plain = ols({ outcome, columns: [treat] });
	const robust = cr2(plain, 1, clusters);
	return beside('unadjusted_difference', plain.coefficients[1]!, robust.se, robust.df);
}

/** Drawn singly but taught in classes: the treated arm is clustered by class, comparison persons stand alone. */
function taughtClusters(draft: Draft, rows: readonly Observation[]): Clusters | null {
	if (draft.plan.columns.taughtIn === null) return null;
	const classes = new Set(rows.flatMap((o) => (o.assigned === 1 && o.taughtIn !== null ? [o.taughtIn] : [])));
	if (classes.size === 0) return null;
	if (classes.size < 4) {
		because(draft, 'FEW_UNITS');
		throw new StatisticsFailure('TOO_FEW_ROWS', 'fewer than four classes');
	}
	return clustersFrom(rows.map((o, i) => (o.assigned === 1 && o.taughtIn !== null ? `class ${o.taughtIn}` : `person ${i}`)));
}

function fewClusters(
	draft: Draft,
	rows: readonly Observation[],
	byUnit: boolean,
	parts: { outcome: Float64Array; treat: Column; kept: Column[]; clusters: Clusters }
): Resampled | null {
	const { plan, critical } = draft;
	const { outcome, treat, kept, clusters } = parts;
	const pure = clusters.members.every((members) => members.every((i) => treat.values[i] === treat.values[members[0]!]));
	const fewest = byUnit
		? Math.min(unitsOf(rows, 1).size, unitsOf(rows, 0).size)
		: new Set(rows.flatMap((o) => (o.assigned === 1 ? [o.taughtIn] : []))).size;
	if (fewest >= 10) return null;
	const shared = { outcome, clusters, draws: plan.draws, seed: plan.seed, covariates: kept };
	const test = byUnit && pure ? clusterPermutation({ ...shared, assigned: treat.values }) : wildClusterBootstrap({ ...shared, treat });
	return {
		method: byUnit && pure ? 'permutation' : 'wild_cluster_bootstrap',
		p: test.p,
		ci95: test.interval(critical.level95),
		ci90: test.interval(critical.level90)
	};
}

/** (t + t)·σ·√((1−ρ²)(1/n₁+1/n₀)) with the pooled SD and the correlation within arms. */
function personMde(rows: readonly Observation[], df: number): number {
	const split = (arm: 0 | 1) => rows.filter((o) => o.assigned === arm);
	const outcomes = [valuesOf(rows, 1), valuesOf(rows, 0)] as const;
	const sigma = pooledSd(outcomes[0], outcomes[1]);
	const inside = ([0, 1] as const).flatMap((arm) => {
		const pairs = split(arm).filter((o) => o.baseline !== null);
		if (pairs.length === 0) return [];
		const before = mean(pairs.map((o) => o.baseline!));
		const after = mean(pairs.map((o) => o.outcome!));
		return pairs.map((o) => [o.baseline! - before, o.outcome! - after] as const);
	});
	const rho =
		inside.length < 3
			? 0
			: correlation(
					inside.map((p) => p[0]),
					inside.map((p) => p[1])
				);
	return twoArmMde(sigma, Math.min(Math.abs(rho), 0.999999), outcomes[0].length, outcomes[1].length, df);
}

/** The clustered formula with the ICC and SD of outcomes after the covariates. */
function unitMde(outcome: Float64Array, base: Fit, clusters: Clusters, sizes: { treated: number; comparison: number }): number {
	const units = sizes.treated + sizes.comparison;
	const icc = anovaIcc(base.residuals, clusters);
	return clusterMde({ units, share: sizes.treated / units, size: outcome.length / units, icc }, standardDeviation(base.residuals)).mde;
}
