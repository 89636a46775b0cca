/**
 * Cholesky factor of a symmetric positive definite matrix, on plain arrays: the information matrices of a test have
 * some hundred rows and are factored at every step, where a general matrix class takes a hundred times as long.
 */
export interface Cholesky {
	logDeterminant: number;
	solve(right: ArrayLike<number>): Float64Array;
	inverse(): Float64Array[];
}

/** Null when the matrix is not positive definite. Only the lower triangle is read. */
export function cholesky(matrix: readonly ArrayLike<number>[]): Cholesky | null {
	const size = matrix.length;
	const lower = matrix.map((row) => Float64Array.from(row));
	let logDeterminant = 0;
	for (let j = 0; j < size; j++) {
		const pivotRow = lower[j]!;
		let pivot = pivotRow[j]!;
		for (let k = 0; k < j; k++) pivot -= pivotRow[k]! * pivotRow[k]!;
		// A pivot that rounding alone keeps above zero would blow the solution up.
		if (!(pivot > 1e-14 * Math.abs(matrix[j]![j]!))) return null;
		const root = Math.sqrt(pivot);
		pivotRow[j] = root;
		logDeterminant += 2 * Math.log(root);
		for (let i = j + 1; i < size; i++) {
			const row = lower[i]!;
			let value = row[j]!;
			for (let k = 0; k < j; k++) value -= row[k]! * pivotRow[k]!;
			row[j] = value / root;
		}
	}
	const solve = (right: ArrayLike<number>): Float64Array => {
		const x = Float64Array.from(right);
		for (let i = 0; i < size; i++) {
			let value = x[i]!;
			for (let k = 0; k < i; k++) value -= lower[i]![k]! * x[k]!;
			x[i] = value / lower[i]![i]!;
		}
		for (let i = size - 1; i >= 0; i--) {
			x[i] = x[i]! / lower[i]![i]!;
			for (let k = 0; k < i; k++) x[k]! -= lower[i]![k]! * x[i]!;
		}
		return x;
	};
	const inverse = (): Float64Array[] => {
		const rows = lower.map((_, i) => solve(Float64Array.from({ length: size }, (_unused, k) => (k === i ? 1 : 0))));
		// Symmetric to the last bit, as what is built from it must be.
		for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) rows[i]![j] = rows[j]![i]!;
		return rows;
	};
	return { logDeterminant, solve, inverse };
}
