import { CholeskyDecomposition, Matrix } from 'ml-matrix';

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
	const items = correlations.length;
	if (items < 3) return null;
	const observed = new Matrix(correlations.map((row) => [...row]));
	let point = start(correlations);
	let current = fit(observed, point);
	if (!current) return null;
	for (let iteration = 0; iteration < 500; iteration++) {
		const step = fisherStep(observed, point, current.inverse);
		if (!step) return null;
		const largest = Math.max(...step.map(Math.abs));
		if (largest < 1e-10) return solution(point);
		let moved = false;
		for (let length = 1; length > 1e-10; length /= 2) {
			const next = point.map((value, i) => value + length * step[i]!);
			const tried = fit(observed, next);
			if (!tried || tried.discrepancy > current.discrepancy + 1e-14) continue;
			point = next;
			current = tried;
			moved = true;
			break;
		}
		if (!moved) return largest < 1e-5 ? solution(point) : null;
	}
	return null;
}

/** λ then θ. Half of the variance to each; signs from the item that shares most with the others. */
function start(correlations: readonly (readonly number[])[]): number[] {
	const shared = correlations.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0));
	const anchor = shared.indexOf(Math.max(...shared));
	const loadings = correlations.map((_, i) => (correlations[anchor]![i]! < 0 ? -1 : 1) * Math.SQRT1_2);
	return [...loadings, ...correlations.map(() => 0.5)];
}

function fit(observed: Matrix, point: readonly number[]): { discrepancy: number; inverse: Matrix } | null {
	const items = observed.rows;
	const implied = Matrix.zeros(items, items);
	for (let i = 0; i < items; i++)
		for (let j = 0; j < items; j++) implied.set(i, j, point[i]! * point[j]! + (i === j ? point[items + i]! : 0));
	const cholesky = new CholeskyDecomposition(implied);
	if (!cholesky.isPositiveDefinite()) return null;
	const solved = cholesky.solve(Matrix.eye(items));
	const inverse = Matrix.add(solved, solved.transpose()).mul(0.5);
	let logDeterminant = 0;
	for (let i = 0; i < items; i++) logDeterminant += 2 * Math.log(cholesky.lowerTriangularMatrix.get(i, i));
	let trace = 0;
	for (let i = 0; i < items; i++) for (let j = 0; j < items; j++) trace += observed.get(i, j) * inverse.get(j, i);
	const discrepancy = logDeterminant + trace;
	return Number.isFinite(discrepancy) ? { discrepancy, inverse } : null;
}

/** Information⁻¹ × score; with W = Σ⁻¹, u = Wλ and c = λ'u every entry of the information has a closed form. */
function fisherStep(observed: Matrix, point: readonly number[], w: Matrix): number[] | null {
	const items = observed.rows;
	const loadings = Matrix.columnVector(point.slice(0, items));
	const u = w.mmul(loadings).to1DArray();
	const c = u.reduce((sum, value, i) => sum + value * point[i]!, 0);
	const gap = w.mmul(observed).mmul(w).sub(w);
	const gapLoadings = gap.mmul(loadings).to1DArray();
	const information = Matrix.zeros(2 * items, 2 * items);
	const score = Matrix.zeros(2 * items, 1);
	for (let i = 0; i < items; i++) {
		score.set(i, 0, gapLoadings[i]!);
		score.set(items + i, 0, gap.get(i, i) / 2);
		for (let j = 0; j < items; j++) {
			const wij = w.get(i, j);
			information.set(i, j, u[i]! * u[j]! + wij * c);
			information.set(i, items + j, wij * u[j]!);
			information.set(items + j, i, wij * u[j]!);
			information.set(items + i, items + j, (wij * wij) / 2);
		}
	}
	const cholesky = new CholeskyDecomposition(information);
	if (!cholesky.isPositiveDefinite()) return null;
	const step = cholesky.solve(score).to1DArray();
	return step.every(Number.isFinite) ? step : null;
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
