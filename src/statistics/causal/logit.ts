import { StatisticsFailure } from '../failure.ts';
import { decompose, solveUpper, solveUpperTransposed } from '../regression/qr.ts';
import type { Column } from '../regression/ols.ts';

export interface LogitFit {
	/** Intercept first; collinear later columns are left out. */
	names: string[];
	coefficients: Float64Array;
	se: Float64Array;
	fitted: Float64Array;
	deviance: number;
	/** X′WX is R′R of this triangle (k × k). */
	r: Float64Array;
	k: number;
	columns: Float64Array[];
	/** Some fitted probability is below 1e-6 or above 1 − 1e-6: covariates (nearly) decide treatment. */
	separated: boolean;
}

const EXTREME = 1e-6;

/**
 * Logistic regression by iteratively reweighted least squares, each step by QR. Under separation the estimates run away;
 * iteration then stops and `separated` is true.
 */
export function logit(outcome: Float64Array, covariates: readonly Column[]): LogitFit {
	const n = outcome.length;
	const every = [{ name: '(intercept)', values: new Float64Array(n).fill(1) }, ...covariates];
	const { kept } = decompose(
		every.map((c) => c.values),
		n
	);
	const used = kept.map((i) => every[i]!);
	const columns = used.map((c) => c.values);
	const k = columns.length;
	if (n <= k) throw new StatisticsFailure('TOO_FEW_ROWS', 'too few rows for the propensity model');
	let coefficients: Float64Array<ArrayBufferLike> = new Float64Array(k);
	let eta: Float64Array<ArrayBufferLike> = new Float64Array(n);
	let deviance = devianceOf(outcome, eta);
	for (let iteration = 0; iteration < 60; iteration++) {
		const { p, root, step } = weighted(columns, eta);
		if (step.k < k) break;
		const score = step.q.map((q) => {
			let sum = 0;
			for (let i = 0; i < n; i++) sum += (q[i]! * (outcome[i]! - p[i]!)) / root[i]!;
			return sum;
		});
		const change = solveUpper(step.r, k, score);
		let scale = 1;
		let next = coefficients;
		let nextEta = eta;
		let nextDeviance = deviance;
		for (let half = 0; half < 30; half++, scale /= 2) {
			const current = scale;
			next = coefficients.map((b, j) => b + current * change[j]!);
			nextEta = linear(columns, next, n);
			nextDeviance = devianceOf(outcome, nextEta);
			if (nextDeviance <= deviance + 1e-12 * Math.abs(deviance)) break;
		}
		const gained = deviance - nextDeviance;
		coefficients = next;
		eta = nextEta;
		deviance = nextDeviance;
		if (gained <= 1e-13 * (Math.abs(deviance) + 0.1) || eta.some((v) => Math.abs(v) > 30)) break;
	}
	const { p: fitted, step: last } = weighted(columns, eta);
	if (last.k < k)
		throw new StatisticsFailure(
			'NO_OVERLAP',
			'covariates decide treatment',
			used.slice(1).map((c) => c.name)
		);
	const r = last.r;
	const se = new Float64Array(k);
	for (let j = 0; j < k; j++) {
		const unit = new Float64Array(k);
		unit[j] = 1;
		se[j] = Math.hypot(...solveUpperTransposed(r, k, unit));
	}
	return {
		names: used.map((c) => c.name),
		coefficients,
		se,
		fitted,
		deviance,
		r,
		k,
		columns,
		separated: fitted.some((p) => p < EXTREME || p > 1 - EXTREME)
	};
}

/** (X′WX)⁻¹ v through the triangle of the last step. */
export function solveInformation(fit: LogitFit, v: ArrayLike<number>): Float64Array {
	return solveUpper(fit.r, fit.k, solveUpperTransposed(fit.r, fit.k, v));
}

/** Rows scaled by √(p(1 − p)) and decomposed. */
function weighted(columns: Float64Array[], eta: Float64Array) {
	const p = eta.map(expit);
	const root = p.map((v) => Math.sqrt(Math.max(v * (1 - v), 1e-14)));
	return {
		p,
		root,
		step: decompose(
			columns.map((c) => c.map((v, i) => v * root[i]!)),
			eta.length
		)
	};
}

function expit(eta: number): number {
	return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta));
}

function linear(columns: Float64Array[], coefficients: Float64Array, n: number): Float64Array {
	const eta = new Float64Array(n);
	columns.forEach((column, j) => {
		for (let i = 0; i < n; i++) eta[i] = eta[i]! + coefficients[j]! * column[i]!;
	});
	return eta;
}

function devianceOf(outcome: Float64Array, eta: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < outcome.length; i++) {
		// log(1 + e^η) − yη without overflow.
		const e = eta[i]!;
		sum += (e > 0 ? e + Math.log1p(Math.exp(-e)) : Math.log1p(Math.exp(e))) - outcome[i]! * e;
	}
	return 2 * sum;
}
