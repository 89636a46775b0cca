import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { chiSquareUpperTail } from '../distributions/fAndChiSquare.ts';
import { StatisticsFailure } from '../failure.ts';
import type { Clusters } from '../regression/clusters.ts';
import { twoPeriodEffect } from './doublyRobustDid.ts';
import type { Panel } from './panel.ts';

export interface GroupTimeCell {
	group: number;
	time: number;
	estimate: number;
	se: number;
	/** Influence of every unit of the panel. */
	influence: Float64Array;
}

export interface Aggregate {
	estimate: number;
	se: number;
}

export interface StaggeredEffects {
	/** Group, then time; pre-cells use the period before as base. */
	cells: GroupTimeCell[];
	/** By periods since the start. */
	dynamic: { e: number[]; estimate: number[]; se: number[] };
	/** Mean over e ≥ 0. */
	dynamicOverall: Aggregate;
	/** All post cells, weighted by group size. */
	simple: Aggregate;
	group: { group: number[]; estimate: number[]; se: number[] };
	/** Group means, weighted by group size. */
	groupOverall: Aggregate;
	/** All pre-cells are zero; null when there are none. */
	preTrend: { wald: number; df: number; p: number } | null;
	/** Starts that have a cell, and periods before the start that pre-cells test. */
	groups: number[];
	preCells: number;
	/** Units that served as comparison in some post cell. */
	comparisonUnits: number;
}

/**
 * Group-time effects for staggered starts (Callaway & Sant'Anna 2021), varying base period, on a balanced panel.
 * `control`: never treated only, or also those not yet treated. Standard errors from influence functions, including the
 * estimated group shares; clustered when units are nested in clusters. No small-sample correction exists.
 */
export function callawaySantAnna(panel: Panel, control: 'never' | 'notyet', clusters: Clusters | null = null): StaggeredEffects {
	const n = panel.units.length;
	const groups = [...new Set(panel.firstTreated)].filter((g) => g > 0).sort((a, b) => a - b);
	const cells: GroupTimeCell[] = [];
	const compared = new Set<number>();
	for (const group of groups) {
		const start = panel.periods.findIndex((p) => p >= group);
		for (let t = 1; t < panel.periods.length; t++) {
			const base = t >= start ? start - 1 : t - 1;
			const until = panel.periods[Math.max(t, base)]!;
			const rows: number[] = [];
			panel.firstTreated.forEach((first, u) => {
				if (first === group || first === 0 || (control === 'notyet' && first > until && first !== group)) rows.push(u);
			});
			const comparison = rows.filter((u) => panel.firstTreated[u] !== group);
			if (comparison.length === 0) continue;
			if (t >= start) comparison.forEach((u) => compared.add(u));
			const effect = twoPeriodEffect(
				Float64Array.from(rows, (u) => panel.outcome[u]![t]! - panel.outcome[u]![base]!),
				Float64Array.from(rows, (u) => (panel.firstTreated[u] === group ? 1 : 0)),
				panel.covariates.map((c) => ({ name: c.name, values: Float64Array.from(rows, (u) => c.values[u]![Math.min(t, base)]!) }))
			);
			const influence = new Float64Array(n);
			rows.forEach((u, i) => {
				influence[u] = (effect.influence[i]! * n) / rows.length;
			});
			cells.push({ group, time: panel.periods[t]!, estimate: effect.att, se: standardError(influence, clusters), influence });
		}
	}
	const post = cells.filter((c) => c.time >= c.group);
	if (post.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'no start has a period after it and a comparison');
	return {
		...aggregates(panel, cells, post, clusters),
		cells,
		groups: [...new Set(post.map((c) => c.group))],
		comparisonUnits: compared.size
	};
}

function aggregates(panel: Panel, cells: GroupTimeCell[], post: GroupTimeCell[], clusters: Clusters | null) {
	const periodAt = new Map(panel.periods.map((p, i) => [p, i]));
	const startAt = (g: number) => panel.periods.findIndex((p) => p >= g);
	const since = (c: GroupTimeCell) => periodAt.get(c.time)! - startAt(c.group);
	const events = [...new Set(cells.map(since))].sort((a, b) => a - b);
	const dynamic = events.map((e) =>
		weighted(
			panel,
			cells.filter((c) => since(c) === e)
		)
	);
	const after = dynamic.filter((_, i) => events[i]! >= 0);
	const byGroup = [...new Set(post.map((c) => c.group))].map((group) => ({ group, ...average(post.filter((c) => c.group === group)) }));
	const answer = (part: Combined): Aggregate => ({ estimate: part.estimate, se: standardError(part.influence, clusters) });
	const dynamicAnswers = dynamic.map(answer);
	const groupAnswers = byGroup.map(answer);
	const pre = cells.filter((c) => c.time < c.group);
	return {
		dynamic: { e: events, estimate: dynamicAnswers.map((a) => a.estimate), se: dynamicAnswers.map((a) => a.se) },
		dynamicOverall: answer(average(after)),
		simple: answer(weighted(panel, post)),
		group: { group: byGroup.map((g) => g.group), estimate: groupAnswers.map((a) => a.estimate), se: groupAnswers.map((a) => a.se) },
		groupOverall: answer(weighted(panel, byGroup)),
		preTrend: pre.length === 0 ? null : waldTest(pre, clusters),
		preCells: new Set(pre.map(since)).size
	};
}

interface Combined {
	estimate: number;
	influence: Float64Array;
}

function average(parts: readonly Combined[]): Combined {
	const influence = new Float64Array(parts[0]!.influence.length);
	let estimate = 0;
	for (const part of parts) {
		estimate += part.estimate / parts.length;
		for (let u = 0; u < influence.length; u++) influence[u] = influence[u]! + part.influence[u]! / parts.length;
	}
	return { estimate, influence };
}

/** Weights are the shares of the groups, which are themselves estimated: their influence is added. */
function weighted(panel: Panel, parts: readonly (Combined & { group: number })[]): Combined {
	const n = panel.units.length;
	const share = parts.map((part) => panel.firstTreated.filter((g) => g === part.group).length / n);
	const total = share.reduce((sum, s) => sum + s, 0);
	const estimate = parts.reduce((sum, part, k) => sum + (part.estimate * share[k]!) / total, 0);
	const influence = new Float64Array(n);
	for (let u = 0; u < n; u++) {
		let value = 0;
		parts.forEach((part, k) => {
			const deviation = (panel.firstTreated[u] === part.group ? 1 : 0) - share[k]!;
			value += (part.influence[u]! * share[k]!) / total + (deviation * (part.estimate - estimate)) / total;
		});
		influence[u] = value;
	}
	return { estimate, influence };
}

/** Influence summed within clusters, then √(mean square / n). */
function standardError(influence: Float64Array, clusters: Clusters | null): number {
	return Math.sqrt(covarianceOf(influence, influence, clusters));
}

function covarianceOf(a: Float64Array, b: Float64Array, clusters: Clusters | null): number {
	const n = a.length;
	let sum = 0;
	if (!clusters) for (let u = 0; u < n; u++) sum += a[u]! * b[u]!;
	else
		for (const members of clusters.members) {
			let x = 0;
			let y = 0;
			for (const u of members) {
				x += a[u]!;
				y += b[u]!;
			}
			sum += x * y;
		}
	return sum / (n * n);
}

/** Wald test by pseudo-inverse; its rank is the degrees of freedom, so redundant pre-cells count once. */
function waldTest(pre: readonly GroupTimeCell[], clusters: Clusters | null): { wald: number; df: number; p: number } {
	const m = pre.length;
	const variance = new Matrix(m, m);
	for (let a = 0; a < m; a++)
		for (let b = a; b < m; b++) {
			const v = covarianceOf(pre[a]!.influence, pre[b]!.influence, clusters);
			variance.set(a, b, v);
			variance.set(b, a, v);
		}
	const svd = new SingularValueDecomposition(variance);
	const largest = Math.max(...svd.diagonal);
	if (!(largest > 0)) return { wald: 0, df: m, p: 1 };
	let wald = 0;
	let df = 0;
	svd.diagonal.forEach((s, e) => {
		if (s <= 1e-10 * largest) return;
		df++;
		let left = 0;
		let right = 0;
		for (let i = 0; i < m; i++) {
			left += svd.leftSingularVectors.get(i, e) * pre[i]!.estimate;
			right += svd.rightSingularVectors.get(i, e) * pre[i]!.estimate;
		}
		wald += (left * right) / s;
	});
	return { wald, df, p: chiSquareUpperTail(wald, df) };
}
