import { mean } from '../describe.ts';

/** Equal up to the rounding that sums and differences of points leave behind. */
export function isConstant(values: readonly number[]): boolean {
	const first = values[0] ?? 0;
	const rounding = 1e-12 * Math.abs(first);
	return values.every((value) => Math.abs(value - first) <= rounding);
}

/** Sample variance (n − 1); 0 for fewer than two values and for a constant, whatever the rounding of its mean. */
export function variance(values: readonly number[]): number {
	return values.length < 2 ? 0 : covariance(values, values);
}

/** Sample covariance (n − 1) of two lists of equal length ≥ 2; exactly 0 when either is constant. */
export function covariance(x: readonly number[], y: readonly number[]): number {
	if (isConstant(x) || isConstant(y)) return 0;
	const meanX = mean(x);
	const meanY = mean(y);
	let sum = 0;
	for (let i = 0; i < x.length; i++) sum += (x[i]! - meanX) * (y[i]! - meanY);
	return sum / (x.length - 1);
}

/** Pearson correlation; null when either list has no variance, since it is then undefined. */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
	if (x.length < 2 || isConstant(x) || isConstant(y)) return null;
	const denominator = Math.sqrt(variance(x)) * Math.sqrt(variance(y));
	if (!(denominator > 0)) return null;
	return Math.max(-1, Math.min(1, covariance(x, y) / denominator));
}

/** Items × items covariance matrix of complete rows. */
export function covarianceMatrix(rows: readonly (readonly number[])[], items: number): number[][] {
	const columns = Array.from({ length: items }, (_, item) => rows.map((row) => row[item]!));
	return symmetric(items, (i, j) => covariance(columns[i]!, columns[j]!));
}

/**
 * Covariance matrix from every pair of answers that is present (each entry on its own rows). It need not be positive
 * definite. A pair with fewer than two common rows counts as 0.
 */
export function pairwiseCovarianceMatrix(rows: readonly (readonly (number | null)[])[], items: number): number[][] {
	return symmetric(items, (i, j) => {
		const both = rows.filter((row) => row[i] !== null && row[j] !== null);
		if (both.length < 2) return 0;
		return covariance(
			both.map((row) => row[i]!),
			both.map((row) => row[j]!)
		);
	});
}

function symmetric(size: number, entry: (i: number, j: number) => number): number[][] {
	const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
	for (let i = 0; i < size; i++)
		for (let j = i; j < size; j++) {
			const value = entry(i, j);
			matrix[i]![j] = value;
			matrix[j]![i] = value;
		}
	return matrix;
}
