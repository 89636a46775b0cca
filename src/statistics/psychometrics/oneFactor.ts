import { cholesky } from './cholesky.ts';

export interface OneFactor {
	/** Correlations of each item with the factor. */
	loadings: number[];
	/** Variance of each item that the factor leaves over; a negative one (Heywood case) marks an improper solution. */
	uniquenesses: number[];
	proper: boolean;
}

/**
 * Maximum likelihood solution of Σ = λλ' + diag(θ) for a correlation matrix (items × items), by Fisher scoring with
 * step halving (Jöreskog 1967). Uniquenesses are not held positive, as in common structural equation software.
 * Null when fewer than three items are given or no solution is found: the model is then not identified.
 */
export function oneFactor(correlations: readonly (readonly number[])[]): OneFactor | null {
	if (correlations.length < 3) return null;
	const found = starts(correlations).flatMap((start) => descend(correlations, start) ?? []);
	const best = found.reduce<Minimum | null>((best, one) => (best && best.discrepancy <= one.discrepancy ? best : one), null);
	return best && solution(best.point);
}

interface Minimum {
	point: number[];
	discrepancy: number;
}

function descend(correlations: readonly (readonly number[])[], start: number[]): Minimum | null {
	let point = start;
	let current = fit(correlations, point);
	let largest = Infinity;
	for (let iteration = 0; current && iteration < 200; iteration++) {
		const step = fisherStep(correlations, point, current.inverse);
		if (!step) return null;
		largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
		if (largest < 1e-11) break;
		const next = shortened(correlations, point, step, current);
		if (next) ({ point, current } = next);
		else if (largest >= NEAR) return null;
		else {
			// the discrepancy has no digits left to fall, the score still has: whole steps, or the last digits are noise
			point = point.map((value, i) => value + step[i]!);
			current = fit(correlations, point);
		}
	}
	return current && largest < NEAR ? { point, discrepancy: current.discrepancy } : null;
}

/** Steps this small are at the minimum, whatever the discrepancy says. */
const NEAR = 1e-5;

interface Fit {
	discrepancy: number;
	inverse: Float64Array[];
}

function shortened(
	correlations: readonly (readonly number[])[],
	point: readonly number[],
	step: ArrayLike<number>,
	current: Fit
): { point: number[]; current: Fit } | null {
	for (let length = 1; length > 1e-6; length /= 2) {
		const next = point.map((value, i) => value + length * step[i]!);
		const tried = fit(correlations, next);
		if (tried && tried.discrepancy < current.discrepancy) return { point: next, current: tried };
	}
	return null;
}

/**
 * λ then θ: half of the variance to each. Signs all alike, and as the correlations with each of the five items that
 * share most give them: weak items can have several minima (two were seen), and the lowest is wanted.
 */
function starts(correlations: readonly (readonly number[])[]): number[][] {
	const shared = correlations.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0));
	const anchors = correlations
		.map((_, item) => item)
		.sort((a, b) => shared[b]! - shared[a]!)
		.slice(0, 5);
	// a correlation of zero is one of rounding, whichever its sign
	const byAnchor = anchors.map((anchor) => correlations[anchor]!.map((value) => (value < -1e-12 ? -1 : 1)));
	const alike = correlations.map(() => 1);
	const patterns = new Map([alike, ...byAnchor].map((signs) => [signs.map((sign) => sign * signs[0]!).join(), signs]));
	return [...patterns.values()].map((signs) => [...signs.map((sign) => sign * Math.SQRT1_2), ...signs.map(() => 0.5)]);
}

function fit(correlations: readonly (readonly number[])[], point: readonly number[]): Fit | null {
	const items = correlations.length;
	const implied = correlations.map((row, i) => row.map((_, j) => point[i]! * point[j]! + (i === j ? point[items + i]! : 0)));
	const factor = cholesky(implied);
	if (!factor) return null;
	const inverse = factor.inverse();
	let discrepancy = factor.logDeterminant;
	correlations.forEach((row, i) => row.forEach((value, j) => (discrepancy += value * inverse[i]![j]!)));
	return Number.isFinite(discrepancy) ? { discrepancy, inverse } : null;
}

/** Information⁻¹ × score; with W = Σ⁻¹, u = Wλ and c = λ'u every entry of the information has a closed form. */
function fisherStep(correlations: readonly (readonly number[])[], point: readonly number[], w: Float64Array[]): Float64Array | null {
	const items = correlations.length;
	const loadings = point.slice(0, items);
	const u = w.map((row) => row.reduce((sum, value, j) => sum + value * loadings[j]!, 0));
	const c = u.reduce((sum, value, i) => sum + value * loadings[i]!, 0);
	const score = new Float64Array(2 * items);
	const product = correlations.map((row) => row.map((_, j) => row.reduce((sum, value, k) => sum + value * w[k]![j]!, 0)));
	w.forEach((row, i) =>
		row.forEach((wij, j) => {
			// WSW − W: zero where the model fits.
			const gap = row.reduce((sum, value, k) => sum + value * product[k]![j]!, 0) - wij;
			score[i]! += gap * loadings[j]!;
			if (i === j) score[items + i] = gap / 2;
		})
	);
	const information = Array.from({ length: 2 * items }, () => new Float64Array(2 * items));
	w.forEach((row, i) =>
		row.forEach((wij, j) => {
			information[i]![j] = u[i]! * u[j]! + wij * c;
			information[items + j]![i] = wij * u[j]!;
			information[i]![items + j] = wij * u[j]!;
			information[items + i]![items + j] = (wij * wij) / 2;
		})
	);
	const step = cholesky(information)?.solve(score);
	return step?.every(Number.isFinite) ? step : null;
}

function solution(point: readonly number[]): OneFactor {
	const items = point.length / 2;
	const positive = point.slice(0, items).reduce((sum, value) => sum + value, 0) >= 0;
	const uniquenesses = point.slice(items);
	return {
		loadings: point.slice(0, items).map((value) => (positive ? value : -value)),
		uniquenesses,
		proper: uniquenesses.every((value) => value >= 0)
	};
}
