import { inverse, Matrix } from 'ml-matrix';
import { mean, variance } from '../describe.ts';
import { clusteredSe } from '../regression/clustered.ts';
import { clustersFrom } from '../regression/clusters.ts';
import { ols } from '../regression/ols.ts';
import type { Column } from '../regression/ols.ts';

export interface MatchedEffect {
	estimate: number;
	/** Abadie & Imbens (2006), homoskedastic, population ATT; a propensity score counts as known. */
	se: number;
}

/** Squared distances closer than this (in standardised units) are ties and are averaged. */
const TIE = 1e-5;

/** Nearest neighbour on a score, with replacement, ties averaged: effect on the treated. Sorted once, so 20,000 rows are quick. */
export function matchOnScore(outcome: Float64Array, treat: Float64Array, score: Float64Array): MatchedEffect {
	const v = variance(score);
	const sorted = indices(treat, 0).sort((a, b) => score[a]! - score[b]! || a - b);
	const distance = (i: number, at: number) => (at < 0 || at >= sorted.length ? Infinity : (score[i]! - score[sorted[at]!]!) ** 2 / v);
	return match(outcome, treat, (i) => {
		let low = 0;
		let high = sorted.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (score[sorted[middle]!]! < score[i]!) low = middle + 1;
			else high = middle;
		}
		const reach = Math.min(distance(i, low - 1), distance(i, low)) + TIE;
		let from = low;
		let to = low;
		while (distance(i, from - 1) <= reach) from--;
		while (distance(i, to) <= reach) to++;
		return sorted.slice(from, to);
	});
}

/** Nearest neighbour by Mahalanobis distance, with replacement, ties averaged: effect on the treated. */
export function matchMahalanobis(outcome: Float64Array, treat: Float64Array, covariates: readonly Column[]): MatchedEffect {
	const k = covariates.length;
	const n = outcome.length;
	const centred = covariates.map((c) => {
		const m = mean(c.values);
		return c.values.map((v) => v - m);
	});
	const covariance = new Matrix(k, k);
	for (let a = 0; a < k; a++)
		for (let b = 0; b < k; b++) {
			let sum = 0;
			for (let i = 0; i < n; i++) sum += centred[a]![i]! * centred[b]![i]!;
			covariance.set(a, b, sum / (n - 1));
		}
	const metric = inverse(covariance).to2DArray();
	const gap = new Float64Array(k);
	const comparison = indices(treat, 0);
	const distance = (i: number, j: number) => {
		for (let a = 0; a < k; a++) gap[a] = centred[a]![i]! - centred[a]![j]!;
		let sum = 0;
		for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) sum += gap[a]! * metric[a]![b]! * gap[b]!;
		return sum;
	};
	return match(outcome, treat, (i) => {
		const distances = comparison.map((j) => distance(i, j));
		const reach = distances.reduce((least, d) => Math.min(least, d), Infinity) + TIE;
		return comparison.filter((_, at) => distances[at]! <= reach);
	});
}

function indices(treat: Float64Array, arm: 0 | 1): number[] {
	const rows: number[] = [];
	treat.forEach((v, i) => {
		if (v === arm) rows.push(i);
	});
	return rows;
}

function match(outcome: Float64Array, treat: Float64Array, standIns: (i: number) => number[]): MatchedEffect {
	const treated = indices(treat, 1);
	const comparison = indices(treat, 0);
	// K: how often a comparison person stands in; K2: the sum of squared shares.
	const times = new Float64Array(outcome.length);
	const squares = new Float64Array(outcome.length);
	const effects: number[] = [];
	const groups: number[][] = [];
	for (const i of treated) {
		const group = standIns(i);
		let stand = 0;
		for (const j of group) {
			stand += outcome[j]! / group.length;
			times[j] = times[j]! + 1 / group.length;
			squares[j] = squares[j]! + 1 / group.length ** 2;
		}
		effects.push(outcome[i]! - stand);
		groups.push(group);
	}
	const n1 = treated.length;
	const estimate = mean(effects);
	let residual = 0;
	treated.forEach((i, at) => {
		for (const j of groups[at]!) residual += (outcome[i]! - outcome[j]! - estimate) ** 2 / groups[at]!.length;
	});
	const sigma2 = residual / (2 * n1);
	let total = 0;
	for (const effect of effects) total += (effect - estimate) ** 2;
	for (const j of comparison) total += (times[j]! ** 2 - squares[j]!) * sigma2;
	return { estimate, se: Math.sqrt(Math.max(0, total)) / n1 };
}

/**
 * One-to-one greedy matching on the propensity score without replacement, treated from the largest score down; standard error clustered by pair (CR1S). Order and ties make it implementation dependent.
 */
export function matchPairs(
	outcome: Float64Array,
	treat: Float64Array,
	fitted: Float64Array
): { estimate: number; sePair: number; pairs: number } {
	const score = fitted;
	const free = new Set(indices(treat, 0));
	const treated = indices(treat, 1).sort((a, b) => score[b]! - score[a]! || a - b);
	const y: number[] = [];
	const d: number[] = [];
	const pair: number[] = [];
	for (const i of treated) {
		let best = -1;
		for (const j of free) if (best < 0 || Math.abs(score[j]! - score[i]!) < Math.abs(score[best]! - score[i]!)) best = j;
		if (best < 0) break;
		free.delete(best);
		y.push(outcome[i]!, outcome[best]!);
		d.push(1, 0);
		pair.push(i, i);
	}
	const fit = ols({ outcome: Float64Array.from(y), columns: [{ name: 'treat', values: Float64Array.from(d) }] });
	return { estimate: fit.coefficients[1]!, sePair: clusteredSe(fit, 1, clustersFrom(pair), 'CR1S'), pairs: y.length / 2 };
}
