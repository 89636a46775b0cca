import { Matrix, solve } from 'ml-matrix';
import { effectiveSampleSize, standardDeviation } from '../describe.ts';
import { StatisticsFailure } from '../failure.ts';
import { decompose } from '../regression/qr.ts';
import type { Column } from '../regression/ols.ts';

export interface EntropyWeights {
	/** 1 for the treated; the comparison has mean 1, so that each arm keeps its size in a weighted regression. */
	weights: Float64Array;
	/** Largest remaining difference of means, in standard deviations. */
	gap: number;
	ess: number;
}

const BALANCED = 1e-8;

/**
 * Entropy balancing for the effect on the treated (Hainmueller 2012): the comparison weights nearest to equal that give
 * every covariate exactly the treated mean. Newton's method with step halving on the convex dual, columns standardised.
 * @throws NOT_BALANCED when no weights exist (the treated mean lies outside what the comparison spans).
 */
export function entropyBalance(treat: Float64Array, covariates: readonly Column[]): EntropyWeights {
	const n = treat.length;
	const treatedRows = indices(treat, 1);
	const comparisonRows = indices(treat, 0);
	const n1 = treatedRows.length;
	const n0 = comparisonRows.length;
	if (n1 === 0 || n0 === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'an arm is empty');

	const centred = covariates.map(({ name, values }) => {
		const sd = standardDeviation(values);
		let target = 0;
		for (const i of treatedRows) target += values[i]! / n1;
		return { name, values: Float64Array.from(comparisonRows, (i) => (sd > 0 ? (values[i]! - target) / sd : 0)) };
	});
	// Constant or collinear columns among the comparison cannot be solved for; the final gap still covers them.
	const ones = new Float64Array(n0).fill(1);
	const kept = decompose([ones, ...centred.map((c) => c.values)], n0)
		.kept.filter((p) => p > 0)
		.map((p) => centred[p - 1]!.values);
	const k = kept.length;

	let lambda: Float64Array<ArrayBufferLike> = new Float64Array(k);
	let state = dual(kept, lambda, n0);
	for (let iteration = 0; iteration < 300 && maxAbs(state.gradient) > 1e-13; iteration++) {
		const hessian = new Matrix(k, k);
		for (let a = 0; a < k; a++)
			for (let b = a; b < k; b++) {
				let sum = 0;
				for (let i = 0; i < n0; i++) sum += state.p[i]! * kept[a]![i]! * kept[b]![i]!;
				sum -= state.gradient[a]! * state.gradient[b]!;
				hessian.set(a, b, sum);
				hessian.set(b, a, sum);
			}
		for (let a = 0; a < k; a++) hessian.set(a, a, hessian.get(a, a) + 1e-12);
		const direction = solve(hessian, Matrix.columnVector(Array.from(state.gradient))).getColumn(0);
		let scale = 1;
		let next = state;
		for (let half = 0; half < 40; half++, scale /= 2) {
			const current = scale;
			const trial = lambda.map((v, j) => v - current * direction[j]!);
			next = dual(kept, trial, n0);
			if (next.value < state.value || (Math.abs(next.value - state.value) < 1e-14 && maxAbs(next.gradient) < maxAbs(state.gradient))) {
				lambda = trial;
				break;
			}
		}
		if (next === state || !(maxAbs(next.gradient) < Infinity)) break;
		const moved = maxAbs(next.gradient) < maxAbs(state.gradient) * (1 - 1e-12) || next.value < state.value;
		state = next;
		if (!moved) break;
	}
	const gaps = centred.map((c) => {
		let sum = 0;
		for (let i = 0; i < n0; i++) sum += state.p[i]! * c.values[i]!;
		return Math.abs(sum);
	});
	const gap = gaps.length === 0 ? 0 : Math.max(...gaps);
	if (!(gap < BALANCED))
		throw new StatisticsFailure(
			'NOT_BALANCED',
			'no weights give the comparison the means of the treated',
			centred.filter((_, j) => !(gaps[j]! < BALANCED)).map((c) => c.name)
		);
	const weights = new Float64Array(n).fill(1);
	comparisonRows.forEach((row, i) => {
		weights[row] = state.p[i]! * n0;
	});
	return { weights, gap, ess: effectiveSampleSize(state.p) };
}

/** log Σ exp(λ′x) and its gradient Σ p x; p are the normalised weights. */
function dual(columns: Float64Array[], lambda: Float64Array, n: number) {
	const eta = new Float64Array(n);
	columns.forEach((x, j) => {
		for (let i = 0; i < n; i++) eta[i] = eta[i]! + lambda[j]! * x[i]!;
	});
	let largest = -Infinity;
	for (const v of eta) if (v > largest) largest = v;
	let total = 0;
	const p = eta.map((v) => {
		const e = Math.exp(v - largest);
		total += e;
		return e;
	});
	for (let i = 0; i < n; i++) p[i] = p[i]! / total;
	const gradient = Float64Array.from(columns, (x) => {
		let sum = 0;
		for (let i = 0; i < n; i++) sum += p[i]! * x[i]!;
		return sum;
	});
	return { value: largest + Math.log(total), gradient, p };
}

function maxAbs(values: Float64Array): number {
	let largest = 0;
	for (const v of values) largest = Math.max(largest, Math.abs(v));
	return largest;
}

function indices(treat: Float64Array, arm: 0 | 1): number[] {
	const rows: number[] = [];
	treat.forEach((v, i) => {
		if (v === arm) rows.push(i);
	});
	return rows;
}
