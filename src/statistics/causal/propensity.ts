import { effectiveSampleSize, mean } from '../describe.ts';
import type { Column } from '../regression/ols.ts';
import { coefficient, ols } from '../regression/ols.ts';
import { robustSe } from '../regression/robust.ts';
import { logit, solveInformation } from './logit.ts';
import type { LogitFit } from './logit.ts';

export interface WeightedContrast {
	estimate: number;
	se: number;
	m1: number;
	m0: number;
	/** Kish's effective size of the weighted comparison. */
	ess: number;
}

/**
 * Hájek inverse-probability weighting for the effect on the treated: comparison weights p/(1 − p). The standard error
 * stacks the score of the propensity model on the two means (M-estimation, Lunceford & Davidian 2004), so that having
 * estimated the weights is counted.
 */
export function ipwAtt(outcome: Float64Array, treat: Float64Array, covariates: readonly Column[]): WeightedContrast & { model: LogitFit } {
	const n = outcome.length;
	const model = logit(treat, covariates);
	const weight = Float64Array.from(model.fitted, (p, i) => (treat[i] === 1 ? 1 : p / (1 - p)));
	let treatedCount = 0;
	let treatedSum = 0;
	let comparisonWeight = 0;
	let comparisonSum = 0;
	for (let i = 0; i < n; i++) {
		if (treat[i] === 1) {
			treatedCount++;
			treatedSum += outcome[i]!;
		} else {
			comparisonWeight += weight[i]!;
			comparisonSum += weight[i]! * outcome[i]!;
		}
	}
	const m1 = treatedSum / treatedCount;
	const m0 = comparisonSum / comparisonWeight;
	// How the weighted mean moves with the coefficients: Σ w(Y − m0)x / Σ w.
	const gradient = model.columns.map((x) => {
		let sum = 0;
		for (let i = 0; i < n; i++) if (treat[i] === 0) sum += weight[i]! * (outcome[i]! - m0) * x[i]!;
		return sum / comparisonWeight;
	});
	const path = solveInformation(model, gradient);
	let squares = 0;
	for (let i = 0; i < n; i++) {
		let viaModel = 0;
		for (let j = 0; j < model.k; j++) viaModel += path[j]! * model.columns[j]![i]!;
		viaModel *= treat[i]! - model.fitted[i]!;
		const own = treat[i] === 1 ? (outcome[i]! - m1) / treatedCount : (-weight[i]! * (outcome[i]! - m0)) / comparisonWeight;
		squares += (own - viaModel) ** 2;
	}
	return { estimate: m1 - m0, se: Math.sqrt(squares), m1, m0, ess: effectiveSampleSize(weight.filter((_, i) => treat[i] === 0)), model };
}

/** Hájek weighting for the average effect in everyone; HC0 with the weights taken as fixed (conservative for the ATE). */
export function ipwAte(outcome: Float64Array, treat: Float64Array, covariates: readonly Column[]): { estimate: number; se_hc0: number } {
	const { fitted } = logit(treat, covariates);
	const weights = fitted.map((p, i) => (treat[i] === 1 ? 1 / p : 1 / (1 - p)));
	const fit = ols({ outcome, columns: [{ name: 'treat', values: treat }], weights });
	return { estimate: coefficient(fit, 'treat'), se_hc0: robustSe(fit, 1, 'HC0') };
}

/**
 * Augmented inverse-probability weighting (Robins, Rotnitzky & Zhao 1994): arm-wise least squares and a logit propensity
 * score; right when either is. Standard error from the influence function. ATT uses normalised comparison weights.
 */
export function aipw(
	outcome: Float64Array,
	treat: Float64Array,
	covariates: readonly Column[],
	estimand: 'ATT' | 'ATE'
): { estimate: number; se: number } {
	const n = outcome.length;
	const { fitted } = logit(treat, covariates);
	const predicted0 = predictFromArm(outcome, treat, covariates, 0);
	if (estimand === 'ATE') {
		const predicted1 = predictFromArm(outcome, treat, covariates, 1);
		const phi = Float64Array.from(outcome, (y, i) => {
			const p = fitted[i]!;
			return predicted1[i]! - predicted0[i]! + (treat[i]! * (y - predicted1[i]!)) / p - ((1 - treat[i]!) * (y - predicted0[i]!)) / (1 - p);
		});
		return { estimate: mean(phi), se: spread(phi, mean(phi)) };
	}
	const share = mean(treat);
	let weightSum = 0;
	let weightedRest = 0;
	let treatedRest = 0;
	for (let i = 0; i < n; i++) {
		const rest = outcome[i]! - predicted0[i]!;
		if (treat[i] === 1) treatedRest += rest;
		else {
			const w = fitted[i]! / (1 - fitted[i]!);
			weightSum += w;
			weightedRest += w * rest;
		}
	}
	const treatedMean = treatedRest / (share * n);
	const comparisonMean = weightedRest / weightSum;
	// Both means are ratios, so each residual is taken from its own mean.
	const phi = Float64Array.from(outcome, (y, i) => {
		const rest = y - predicted0[i]!;
		if (treat[i] === 1) return (rest - treatedMean) / share;
		return (-fitted[i]! / (1 - fitted[i]!)) * (rest - comparisonMean) * (n / weightSum);
	});
	return { estimate: treatedMean - comparisonMean, se: spread(phi, 0) };
}

function spread(phi: Float64Array, centre: number): number {
	let squares = 0;
	for (const v of phi) squares += (v - centre) ** 2;
	return Math.sqrt(squares / (phi.length - 1) / phi.length);
}

function predictFromArm(outcome: Float64Array, treat: Float64Array, covariates: readonly Column[], arm: 0 | 1): Float64Array {
	const inArm = (_: number, i: number) => treat[i] === arm;
	const fit = ols({ outcome: outcome.filter(inArm), columns: covariates.map((c) => ({ name: c.name, values: c.values.filter(inArm) })) });
	const predicted = new Float64Array(outcome.length).fill(fit.coefficients[0]!);
	fit.kept.forEach((position, j) => {
		if (position === 0) return;
		const x = covariates[position - 1]!.values;
		for (let i = 0; i < predicted.length; i++) predicted[i] = predicted[i]! + fit.coefficients[j]! * x[i]!;
	});
	return predicted;
}

/** Common support of the propensity score, and how many treated lie outside it. */
export function overlap(fitted: Float64Array, treat: Float64Array): { min: number; max: number; treatedOutside: number } {
	const range = (arm: 0 | 1) => {
		let low = Infinity;
		let high = -Infinity;
		fitted.forEach((p, i) => {
			if (treat[i] !== arm) return;
			low = Math.min(low, p);
			high = Math.max(high, p);
		});
		return { low, high };
	};
	const one = range(1);
	const zero = range(0);
	const min = Math.max(one.low, zero.low);
	const max = Math.min(one.high, zero.high);
	return { min, max, treatedOutside: fitted.filter((p, i) => treat[i] === 1 && (p < min || p > max)).length };
}
