import { mean } from '../describe.ts';
import type { Column } from '../regression/ols.ts';
import { wwcG } from '../twoSample/effectSize.ts';
import { equivalence, equivalenceMet } from '../quality/rating.ts';
import { interval } from '../twoSample/tTests.ts';
import { standardDeviation } from '../describe.ts';
import { attrition } from '../quality/attrition.ts';
import { because, note, warn } from './draft.ts';
import type { Draft } from './draft.ts';
import type { ArmMeans, ArmNumbers, BalanceRow } from './result.ts';
import type { Observation } from './rows.ts';

/** Regressors of the baseline and the planned covariates for a set of persons. */
export interface Covariates {
	columns: Column[];
	/** For balance: observed values only, never imputed ones. */
	measured: { name: string; value: (row: number) => number | null; needs: string[] }[];
}

/**
 * Baseline and covariates as columns. Text becomes indicators, first level in sorted order left out. A missing number
 * becomes the mean plus an indicator, missing text its own level; that is right only where treatment was drawn by lot,
 * so designs without a lottery pass complete rows.
 */
export function covariateColumns(draft: Draft, rows: readonly Observation[], withBaseline: boolean): Covariates {
	const { plan } = draft;
	const columns: Column[] = [];
	const measured: Covariates['measured'] = [];
	const addNumber = (name: string, at: (o: Observation) => number | null) => {
		const values = rows.map(at);
		const known = values.filter((v) => v !== null);
		measured.push({ name, value: (row) => values[row]!, needs: [name] });
		if (known.length === 0) {
			note(draft, `COVARIATE_EMPTY:${name}`);
			return;
		}
		const centre = mean(known);
		columns.push({ name, values: Float64Array.from(values, (v) => v ?? centre) });
		if (known.length < values.length) {
			columns.push({ name: `${name}(missing)`, values: Float64Array.from(values, (v) => (v === null ? 1 : 0)) });
			note(draft, `MISSING_FILLED:${name}:${values.length - known.length}`);
		}
	};
	const addText = (name: string, at: (o: Observation) => string) => {
		const values = rows.map(at);
		const levels = [...new Set(values)].sort();
		for (const [i, level] of levels.entries()) {
			if (i > 0) columns.push({ name: `${name}=${level}`, values: Float64Array.from(values, (v) => (v === level ? 1 : 0)) });
			if (level !== '' && (i > 0 || levels.length > 2)) {
				const value = (row: number) => (values[row] === '' ? null : values[row] === level ? 1 : 0);
				// The level left out is held by all the others together.
				const needs = i > 0 ? [`${name}=${level}`] : levels.slice(1).map((other) => `${name}=${other}`);
				measured.push({ name: `${name}=${level}`, value, needs });
			}
		}
	};
	if (withBaseline && plan.columns.baseline) addNumber(plan.columns.baseline, (o) => o.baseline);
	plan.columns.covariates.forEach((name, i) => {
		if (name === plan.columns.baseline) return;
		if (rows.some((o) => typeof o.covariates[i] === 'string'))
			addText(name, (o) => (o.covariates[i] === null ? '' : String(o.covariates[i])));
		else addNumber(name, (o) => o.covariates[i] as number | null);
	});
	return { columns, measured };
}

/** Balance on the analytic sample; sets the equivalence facts and warnings. `weights` are those of the comparison (class B). */
export function examineBalance(
	draft: Draft,
	rows: readonly Observation[],
	covariates: Covariates,
	inModel: (name: string) => boolean,
	more: { weights?: Float64Array; baseline?: string | null } = {}
): void {
	const { weights, baseline = draft.plan.columns.baseline } = more;
	const table: BalanceRow[] = [];
	for (const { name, value, needs } of covariates.measured) {
		const of = (arm: 0 | 1) =>
			rows.flatMap((o, i) => (o.assigned === arm && value(i) !== null ? [{ value: value(i)!, weight: weights?.[i] ?? 1 }] : []));
		const treated = of(1);
		const comparison = of(0);
		if (treated.length < 2 || comparison.length < 2) continue;
		const plain = balanceG(treated, comparison);
		const weighted = weights ? balanceG(treated, comparison, true) : null;
		const counts = weights ? weighted : plain;
		const adjusted = needs.every(inModel);
		table.push({ name, g: plain, gWeighted: weighted, status: counts === null ? 'NOT_MET' : equivalence(counts), adjusted });
	}
	draft.result.balance = table;
	const met = (row: BalanceRow) => {
		const g = weights ? row.gWeighted : row.g;
		return g !== null && equivalenceMet(g, row.adjusted);
	};
	draft.quality.equivalent = table.length > 0 && table.every(met) && (baseline === null || table.some((r) => r.name === baseline));
	// A second look, after weighting, replaces the first.
	draft.result.warnings = draft.result.warnings.filter((w) => w !== 'BASELINE_NOT_EQUIVALENT' && w !== 'BASELINE_NEEDS_ADJUSTMENT');
	if (table.some((r) => r.status === 'NOT_MET')) warn(draft, 'BASELINE_NOT_EQUIVALENT');
	if (table.some((r) => r.status === 'NEEDS_ADJUSTMENT')) warn(draft, 'BASELINE_NEEDS_ADJUSTMENT');
}

interface Weighed {
	value: number;
	weight: number;
}

/** The WWC g; with weights only the comparison mean moves, the unweighted pooled SD stays the yardstick. */
function balanceG(treated: Weighed[], comparison: Weighed[], weighted = false): number | null {
	const a = treated.map((t) => t.value);
	const b = comparison.map((t) => t.value);
	const varies = new Set(a).size > 1 || new Set(b).size > 1;
	if (!varies) return a[0] === b[0] ? 0 : null;
	if (!weighted) return wwcG(a, b);
	const total = comparison.reduce((sum, t) => sum + t.weight, 0);
	const moved = comparison.reduce((sum, t) => sum + t.weight * t.value, 0) / total;
	const scale = wwcG(a, b) / (mean(a) - mean(b) || 1);
	return mean(a) === mean(b)
		? wwcG(
				a,
				b.map((v) => v + mean(b) - moved)
			)
		: scale * (mean(a) - moved);
}

/** Assigned, attended and measured persons of each arm. Without an attendance column the assigned attended. */
export function countFlow(draft: Draft, observations: readonly Observation[], analysed: readonly Observation[]): void {
	const { flow } = draft.result;
	const count = (test: (o: Observation) => boolean): ArmNumbers => ({
		treated: observations.filter((o) => o.assigned === 1 && test(o)).length,
		comparison: observations.filter((o) => o.assigned === 0 && test(o)).length
	});
	const attends = draft.plan.columns.attended;
	flow.assigned = count(() => true);
	flow.attended = count((o) => (attends ? o.attended === 1 : o.assigned === 1));
	flow.measured = count((o) => o.outcome !== null);
	flow.analysed = {
		treated: analysed.filter((o) => o.assigned === 1).length,
		comparison: analysed.filter((o) => o.assigned === 0).length
	};
	if (draft.plan.columns.unit) flow.units = { treated: unitsOf(analysed, 1).size, comparison: unitsOf(analysed, 0).size };
}

export function unitsOf(observations: readonly Observation[], arm: 0 | 1): Set<string> {
	return new Set(observations.flatMap((o) => (o.assigned === arm && o.unit !== null ? [o.unit] : [])));
}

/** Attrition of persons, and of units first when units were drawn. */
export function examineAttrition(draft: Draft, observations: readonly Observation[], byUnit: boolean): void {
	const { plan, result } = draft;
	const measured = observations.filter((o) => o.outcome !== null);
	let units: { overall: number; differential: number; low: boolean } | null = null;
	let base = observations;
	if (byUnit) {
		const sizes = (from: readonly Observation[]) => ({ treated: unitsOf(from, 1).size, comparison: unitsOf(from, 0).size });
		const unitLoss = attrition(sizes(observations), sizes(measured), plan.attritionBoundary);
		units = { overall: unitLoss.overall, differential: unitLoss.differential, low: unitLoss.low };
		const remaining = new Set(measured.map((o) => o.unit));
		base = observations.filter((o) => remaining.has(o.unit));
	}
	const arm = (from: readonly Observation[]) => ({
		treated: from.filter((o) => o.assigned === 1).length,
		comparison: from.filter((o) => o.assigned === 0).length
	});
	const assigned = arm(base);
	if (assigned.treated === 0 || assigned.comparison === 0) return;
	const loss = attrition(assigned, arm(measured), plan.attritionBoundary);
	result.attrition = { ...loss, boundary: plan.attritionBoundary, units };
	draft.quality.lowAttrition = loss.low && (units?.low ?? true);
	if (!draft.quality.lowAttrition) warn(draft, 'HIGH_ATTRITION');
}

/** Only one unit in an arm, and that unit not in the other arm. */
export function examineConfounding(draft: Draft, rows: readonly Observation[]): void {
	if (draft.plan.columns.unit === null) return;
	const treated = unitsOf(rows, 1);
	const comparison = unitsOf(rows, 0);
	const alone = (one: Set<string>, other: Set<string>) => one.size === 1 && other.size > 0 && ![...one].some((u) => other.has(u));
	if (!alone(treated, comparison) && !alone(comparison, treated)) return;
	draft.quality.confounded = true;
	warn(draft, 'CONFOUNDED_BY_UNIT');
	because(draft, 'CONFOUNDED_BY_UNIT');
}

/** Share of the comparison that took the same or an equivalent course, and of scores at the ceiling. */
export function examineExposure(draft: Draft, rows: readonly Observation[]): { contamination: number } {
	const { plan } = draft;
	const comparison = rows.filter((o) => o.assigned === 0);
	const exposed = comparison.filter((o) => o.otherCourse === 1 || o.attended === 1).length;
	const contamination = comparison.length === 0 ? 0 : exposed / comparison.length;
	if (contamination > 0.1) warn(draft, 'CONTAMINATION');
	if (plan.scaleMaximum !== null) {
		const atTop = (values: (number | null)[]) => {
			const known = values.filter((v) => v !== null);
			return known.length > 0 && known.filter((v) => v >= plan.scaleMaximum!).length / known.length > 0.15;
		};
		if (atTop(rows.map((o) => o.outcome)) || atTop(rows.map((o) => o.baseline))) warn(draft, 'CEILING_EFFECT');
	}
	return { contamination };
}

/** Means before and after of one arm; no mean below 5 persons and no interval below 10 (specification §7). */
export function armMeans(rows: readonly Observation[]): ArmMeans {
	const both = rows.filter((o) => o.outcome !== null);
	const summary = (values: number[]): { value: number | null; ci95: [number, number] | null } => {
		if (values.length < 5) return { value: null, ci95: null };
		const centre = mean(values);
		if (values.length < 10) return { value: centre, ci95: null };
		return { value: centre, ci95: interval(centre, standardDeviation(values) / Math.sqrt(values.length), values.length - 1, 0.95) };
	};
	const before = summary(both.flatMap((o) => (o.baseline === null ? [] : [o.baseline])));
	const after = summary(both.map((o) => o.outcome!));
	return { n: both.length, before: before.value, beforeCi95: before.ci95, after: after.value, afterCi95: after.ci95 };
}

/** Mean change of the treated with both measurements, null below 5 persons. */
export function treatedGain(rows: readonly Observation[]): number | null {
	const changes = rows.flatMap((o) => (o.baseline === null || o.outcome === null ? [] : [o.outcome - o.baseline]));
	return changes.length < 5 ? null : mean(changes);
}
