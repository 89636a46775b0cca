import { abilityGrid, logAbilityWeights } from './quadrature.ts';
import type { Scores } from './responses.ts';

/** 2PL: a slope for each item. 1PL: one slope for all. Rasch1: slope 1. θ ~ N(0, 1) in all three. */
export type MarginalModel = '2PL' | '1PL' | 'Rasch1';

/** Slopes a and intercepts d of logit P(right | θ) = aθ + d, one entry an item. */
export interface Line {
	a: Float64Array;
	d: Float64Array;
}

/** Different answer patterns with the number of persons behind each; the likelihood needs no more. */
export interface Patterns {
	items: number;
	count: number[];
	right: Uint16Array[];
	missing: Uint16Array[];
	/** Right answers of each item. */
	rightTotal: Float64Array;
}

export function patternsOf(scores: Scores, usable: readonly number[]): Patterns {
	const at = new Map<string, number>();
	const patterns: Patterns = {
		items: usable.length,
		count: [],
		right: [],
		missing: [],
		rightTotal: new Float64Array(usable.length)
	};
	// In a fixed order, so that the sums below do not depend on the order of persons.
	const named = scores.map((row) => usable.map((item) => row[item] ?? '.').join('')).sort();
	for (const name of named) {
		const known = at.get(name);
		if (known !== undefined) {
			patterns.count[known]!++;
			continue;
		}
		at.set(name, patterns.count.length);
		patterns.count.push(1);
		patterns.right.push(positions(name, '1'));
		patterns.missing.push(positions(name, '.'));
	}
	patterns.right.forEach((right, p) => right.forEach((item) => (patterns.rightTotal[item]! += patterns.count[p]!)));
	return patterns;
}

function positions(name: string, mark: string): Uint16Array {
	return Uint16Array.from([...name].flatMap((one, item) => (one === mark ? [item] : [])));
}

/** What one pass over the patterns yields (the E step of Bock & Aitkin 1981). */
export interface Expectation {
	logLikelihood: number;
	/** Expected persons at each grid point. */
	persons: Float64Array;
	/** Expected persons at each grid point who did not answer the item; null when nobody left it open. */
	absent: (Float64Array | null)[];
	/** Σ over persons with the item right of E(θ | answers). */
	rightAbility: Float64Array;
}

/**
 * Posterior sums at given parameters. In the logistic model a pattern enters only through Σa and Σd over its right
 * answers, so a pattern costs items + grid points and not their product.
 */
export function expectation(patterns: Patterns, line: Line): Expectation {
	const points = abilityGrid.length;
	const logWrong = Array.from({ length: patterns.items }, (_, item) =>
		abilityGrid.map((theta) => -softplus(line.a[item]! * theta + line.d[item]!))
	);
	const base = logAbilityWeights.slice();
	for (const row of logWrong) for (let q = 0; q < points; q++) base[q]! += row[q]!;
	const result: Expectation = {
		logLikelihood: 0,
		persons: new Float64Array(points),
		absent: new Array<Float64Array | null>(patterns.items).fill(null),
		rightAbility: new Float64Array(patterns.items)
	};
	const posterior = new Float64Array(points);
	for (let p = 0; p < patterns.count.length; p++) {
		const count = patterns.count[p]!;
		const right = patterns.right[p]!;
		const missing = patterns.missing[p]!;
		let slope = 0;
		let intercept = 0;
		for (const item of right) {
			slope += line.a[item]!;
			intercept += line.d[item]!;
		}
		let highest = -Infinity;
		for (let q = 0; q < points; q++) {
			let value = slope * abilityGrid[q]! + base[q]!;
			for (const item of missing) value -= logWrong[item]![q]!;
			posterior[q] = value;
			if (value > highest) highest = value;
		}
		let sum = 0;
		let ability = 0;
		for (let q = 0; q < points; q++) {
			const weight = Math.exp(posterior[q]! - highest);
			posterior[q] = weight;
			sum += weight;
			ability += weight * abilityGrid[q]!;
		}
		result.logLikelihood += count * (Math.log(sum) + highest + intercept);
		const share = count / sum;
		for (let q = 0; q < points; q++) result.persons[q]! += share * posterior[q]!;
		for (const item of right) result.rightAbility[item]! += share * ability;
		for (const item of missing) {
			const absent = (result.absent[item] ??= new Float64Array(points));
			for (let q = 0; q < points; q++) absent[q]! += share * posterior[q]!;
		}
	}
	return result;
}

/** First and second derivatives of the expected complete-data log-likelihood of one item in (a, d). */
export interface ItemCurvature {
	scoreA: number;
	scoreD: number;
	infoAA: number;
	infoAD: number;
	infoDD: number;
}

export function itemCurvature(expected: Expectation, rightTotal: number, item: number, a: number, d: number): ItemCurvature {
	const absent = expected.absent[item];
	const sums = { scoreA: expected.rightAbility[item]!, scoreD: rightTotal, infoAA: 0, infoAD: 0, infoDD: 0 };
	for (let q = 0; q < abilityGrid.length; q++) {
		const theta = abilityGrid[q]!;
		const persons = expected.persons[q]! - (absent ? absent[q]! : 0);
		const p = 1 / (1 + Math.exp(-(a * theta + d)));
		const residual = persons * p;
		const information = residual * (1 - p);
		sums.scoreD -= residual;
		sums.scoreA -= residual * theta;
		sums.infoDD += information;
		sums.infoAD += information * theta;
		sums.infoAA += information * theta * theta;
	}
	return sums;
}

/** log(1 + eˣ) without overflow. */
function softplus(x: number): number {
	return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
