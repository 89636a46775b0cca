/**
 * Householder QR of a tall matrix held as columns, with R's rule for collinear columns:
 * columns are taken in order, and one whose remaining length is below 1e-7 of its own length is dropped
 * (LINPACK dqrdc2, as `lm`). Normal equations are never formed: they square the condition number (Longley 1967).
 */
export interface Decomposition {
	/** Rows. */
	n: number;
	/** Columns kept. */
	k: number;
	/** Thin orthonormal Q, k columns of length n. */
	q: Float64Array[];
	/** Upper triangular R, row-major k × k. */
	r: Float64Array;
	/** Positions of the kept columns in the input. */
	kept: number[];
	/** Positions of the columns dropped as combinations of earlier ones. */
	dropped: number[];
}

const COLLINEAR = 1e-7;

export function decompose(columns: readonly Float64Array[], n: number): Decomposition {
	const reflectors: Float64Array[] = [];
	const upper: Float64Array[] = [];
	const kept: number[] = [];
	const dropped: number[] = [];
	columns.forEach((column, position) => {
		const work = Float64Array.from(column);
		const own = norm(work, 0);
		reflectors.forEach((v, j) => reflect(v, work, j));
		const j = reflectors.length;
		const rest = norm(work, j);
		if (j >= n || !(rest > COLLINEAR * own)) {
			dropped.push(position);
			return;
		}
		const alpha = work[j]! > 0 ? -rest : rest;
		const v = new Float64Array(n);
		for (let i = j; i < n; i++) v[i] = work[i]!;
		v[j] = v[j]! - alpha;
		const length = norm(v, j);
		for (let i = j; i < n; i++) v[i] = v[i]! / length;
		work[j] = alpha;
		reflectors.push(v);
		upper.push(work);
		kept.push(position);
	});

	const k = kept.length;
	const r = new Float64Array(k * k);
	for (let c = 0; c < k; c++) for (let row = 0; row <= c; row++) r[row * k + c] = upper[c]![row]!;
	const q = kept.map((_, c) => {
		const unit = new Float64Array(n);
		unit[c] = 1;
		// Reflectors after c leave the unit vector alone.
		for (let j = c; j >= 0; j--) reflect(reflectors[j]!, unit, j);
		return unit;
	});
	return { n, k, q, r, kept, dropped };
}

function norm(values: Float64Array, from: number): number {
	let largest = 0;
	for (let i = from; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
	if (largest === 0 || !Number.isFinite(largest)) return largest;
	let squares = 0;
	for (let i = from; i < values.length; i++) squares += (values[i]! / largest) ** 2;
	return largest * Math.sqrt(squares);
}

/** work ← (I − 2vv′) work, v zero above `from`. */
function reflect(v: Float64Array, work: Float64Array, from: number): void {
	let dot = 0;
	for (let i = from; i < work.length; i++) dot += v[i]! * work[i]!;
	dot *= 2;
	for (let i = from; i < work.length; i++) work[i] = work[i]! - dot * v[i]!;
}

/** Solves R x = b. */
export function solveUpper(r: Float64Array, k: number, b: ArrayLike<number>): Float64Array {
	const x = new Float64Array(k);
	for (let row = k - 1; row >= 0; row--) {
		let sum = b[row]!;
		for (let c = row + 1; c < k; c++) sum -= r[row * k + c]! * x[c]!;
		x[row] = sum / r[row * k + row]!;
	}
	return x;
}

/** Solves R′ x = b. */
export function solveUpperTransposed(r: Float64Array, k: number, b: ArrayLike<number>): Float64Array {
	const x = new Float64Array(k);
	for (let row = 0; row < k; row++) {
		let sum = b[row]!;
		for (let c = 0; c < row; c++) sum -= r[c * k + row]! * x[c]!;
		x[row] = sum / r[row * k + row]!;
	}
	return x;
}
