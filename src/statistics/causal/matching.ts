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

/** Nearest neighbour on a score, with replacement, ties averaged: effect on the treated. */
export function matchOnScore(outcome: Float64Array, treat: Float64Array, score: Float64Array): MatchedEffect {
	const v = variance(score);
	return match(outcome, treat, (i, j) => (score[i]! - score[j]!) ** 2 / v);
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
	return match(outcome, treat, (i, j) => {
		for (let a = 0; a < k; a++) gap[a] = centred[a]![i]! - centred[a]![j]!;
		let distance = 0;
		for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) distance += gap[a]! * metric[a]![b]! * gap[b]!;
		return distance;
	});
}

function match(outcome: Float64Array, treat: Float64Array, distance: (i: number, j: number) => number): MatchedEffect {
	const treated: number[] = [];
	const comparison: number[] = [];
	treat.forEach((v, i) => (v === 1 ? treated : comparison).push(i));
	// K: how often a comparison person stands in; K2: the sum of squared shares.
	const times = new Float64Array(outcome.length);
	const squares = new Float64Array(outcome.length);
	const effects: number[] = [];
	const groups: number[][] = [];
	for (const i of treated) {
		let nearest = Infinity;
		const distances = comparison.map((j) => {
			const d = distance(i, j);
			if (d < nearest) nearest = d;
			return d;
		});
		const group = comparison.filter((_, at) => distances[at]! <= nearest + TIE);
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
export function matchPairs(outcome: Float64Array, treat: Float64Array, fitted: Float64Array): { estimate: number; sePair: number; pairs: number } {
	const score = fitted;
	const treated: number[] = [];
	const free = new Set<number>();
	treat.forEach((v, i) => {
		if (v === 1) treated.push(i);
		else free.add(i);
	});
	treated.sort((a, b) => score[b]! - score[a]! || a - b);
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
