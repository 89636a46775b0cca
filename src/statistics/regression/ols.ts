import { StatisticsFailure, finite } from '../failure.ts';
import { decompose, solveUpper, solveUpperTransposed } from './qr.ts';
import type { Decomposition } from './qr.ts';

/** A named regressor. */
export interface Column {
	name: string;
	values: Float64Array;
}

export interface LinearModel {
	outcome: Float64Array;
	/** Regressors without the intercept, which is always first. */
	columns: readonly Column[];
	/** Positive weights; rows of weight zero must be left out by the caller. */
	weights?: Float64Array;
}

/**
 * A fitted linear model. Everything that follows (robust variances, resampling) uses Q and R, so the data are
 * decomposed once. With weights, rows are scaled by √w; Q, residuals and leverage are those of the scaled rows.
 */
export interface Fit extends Decomposition {
	names: string[];
	droppedNames: string[];
	coefficients: Float64Array;
	/** √w-scaled residuals. */
	residuals: Float64Array;
	/** √w-scaled leverages. */
	leverage: Float64Array;
	/** Residual degrees of freedom n − k. */
	df: number;
	sigma: number;
	r2: number;
}

/**
 * Least squares by Householder QR. Collinear later columns are dropped and named.
 * @throws TOO_FEW_ROWS when no residual degree of freedom is left, NOT_FINITE on NaN or infinite input.
 */
export function ols(model: LinearModel): Fit {
	const n = model.outcome.length;
	const root = model.weights ? model.weights.map(Math.sqrt) : null;
	const intercept = new Float64Array(n).fill(1);
	const all: Column[] = [{ name: '(intercept)', values: intercept }, ...model.columns];
	const scaled = all.map((column) => {
		if (column.values.length !== n) throw new StatisticsFailure('BAD_INPUT', `${column.name} has another length than the outcome`);
		for (let i = 0; i < n; i++) if (!Number.isFinite(column.values[i]!)) finite(column.values[i]!, column.name);
		return root ? column.values.map((v, i) => v * root[i]!) : column.values;
	});
	const y = root ? model.outcome.map((v, i) => v * root[i]!) : model.outcome;
	for (let i = 0; i < n; i++) if (!Number.isFinite(y[i]!)) finite(y[i]!, 'outcome');

	const parts = decompose(scaled, n);
	if (n <= parts.k) throw new StatisticsFailure('TOO_FEW_ROWS', `${n} rows cannot carry ${parts.k} coefficients`);
	const projection = parts.q.map((column) => dot(column, y));
	const coefficients = solveUpper(parts.r, parts.k, projection);
	const residuals = Float64Array.from(y);
	parts.q.forEach((column, j) => {
		for (let i = 0; i < n; i++) residuals[i] = residuals[i]! - projection[j]! * column[i]!;
	});
	// One refinement pass: what rounding left in the span of Q goes back into the coefficients.
	const left = parts.q.map((column) => dot(column, residuals));
	const fix = solveUpper(parts.r, parts.k, left);
	for (let j = 0; j < parts.k; j++) coefficients[j] = coefficients[j]! + fix[j]!;
	const leverage = new Float64Array(n);
	for (const column of parts.q) for (let i = 0; i < n; i++) leverage[i] = leverage[i]! + column[i]! ** 2;

	let rss = 0;
	for (let i = 0; i < n; i++) rss += residuals[i]! ** 2;
	const df = n - parts.k;
	return {
		...parts,
		names: parts.kept.map((position) => all[position]!.name),
		droppedNames: parts.dropped.map((position) => all[position]!.name),
		coefficients,
		residuals,
		leverage,
		df,
		sigma: Math.sqrt(rss / df),
		r2: determination(model, rss)
	};
}

function determination(model: LinearModel, rss: number): number {
	const w = (i: number) => model.weights?.[i] ?? 1;
	let total = 0;
	let sum = 0;
	for (let i = 0; i < model.outcome.length; i++) {
		total += w(i);
		sum += w(i) * model.outcome[i]!;
	}
	const centre = sum / total;
	let squares = 0;
	for (let i = 0; i < model.outcome.length; i++) squares += w(i) * (model.outcome[i]! - centre) ** 2;
	return squares === 0 ? 0 : 1 - rss / squares;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

/** Position of a coefficient; a dropped or unknown name throws. */
export function positionOf(fit: Fit, name: string): number {
	const at = fit.names.indexOf(name);
	if (at < 0) throw new StatisticsFailure('BAD_INPUT', `${name} is not in the model (or was dropped as collinear)`, [name]);
	return at;
}

export function coefficient(fit: Fit, name: string): number {
	return fit.coefficients[positionOf(fit, name)]!;
}

/** The direction c = R⁻ᵀe_j: row i of X(X′X)⁻¹ for coefficient j is q_i·c, and the classical variance is σ²|c|². */
export function direction(fit: Fit, position: number): Float64Array {
	const unit = new Float64Array(fit.k);
	unit[position] = 1;
	return solveUpperTransposed(fit.r, fit.k, unit);
}

/** q_i·c for every row: how much row i moves the coefficient. */
export function influenceRows(fit: Fit, c: Float64Array): Float64Array {
	const rows = new Float64Array(fit.n);
	fit.q.forEach((column, j) => {
		const weight = c[j]!;
		for (let i = 0; i < fit.n; i++) rows[i] = rows[i]! + weight * column[i]!;
	});
	return rows;
}

/** Classical standard error of one coefficient. */
export function classicalSe(fit: Fit, position: number): number {
	const c = direction(fit, position);
	return fit.sigma * Math.sqrt(dot(c, c));
}
