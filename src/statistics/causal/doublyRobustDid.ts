import { StatisticsFailure } from '../failure.ts';
import { dot, ols } from '../regression/ols.ts';
import type { Column } from '../regression/ols.ts';
import { solveUpper, solveUpperTransposed } from '../regression/qr.ts';
import { logit, solveInformation } from './logit.ts';

export interface TwoPeriodEffect {
	att: number;
	/** Influence of each row, mean zero; the variance of att is mean(influence²)/n. */
	influence: Float64Array;
}

/**
 * Effect on the treated from changes over two periods. Without covariates, the difference of mean changes. With them,
 * doubly robust (Sant'Anna & Zhao 2020, panel): logit propensity and least squares of the comparison's changes, with the
 * influence of both estimated models.
 */
export function twoPeriodEffect(change: Float64Array, treat: Float64Array, covariates: readonly Column[]): TwoPeriodEffect {
	return covariates.length === 0 ? differenceOfChanges(change, treat) : doublyRobust(change, treat, covariates);
}

function differenceOfChanges(change: Float64Array, treat: Float64Array): TwoPeriodEffect {
	const n = change.length;
	const sums = [0, 0];
	const counts = [0, 0];
	for (let i = 0; i < n; i++) {
		sums[treat[i]!] = sums[treat[i]!]! + change[i]!;
		counts[treat[i]!] = counts[treat[i]!]! + 1;
	}
	const m1 = sums[1]! / counts[1]!;
	const m0 = sums[0]! / counts[0]!;
	const influence = change.map((v, i) => (treat[i] === 1 ? ((v - m1) * n) / counts[1]! : (-(v - m0) * n) / counts[0]!));
	return { att: m1 - m0, influence };
}

function doublyRobust(change: Float64Array, treat: Float64Array, covariates: readonly Column[]): TwoPeriodEffect {
	const n = change.length;
	const score = logit(treat, covariates);
	if (score.separated)
		throw new StatisticsFailure(
			'NO_OVERLAP',
			'covariates decide who starts',
			covariates.map((c) => c.name)
		);
	const compared = (_: number, i: number) => treat[i] === 0;
	const regression = ols({
		outcome: change.filter(compared),
		columns: covariates.map((c) => ({ name: c.name, values: c.values.filter(compared) }))
	});
	const design = regression.kept.map((position) => (position === 0 ? new Float64Array(n).fill(1) : covariates[position - 1]!.values));
	const rest = Float64Array.from(change);
	design.forEach((x, j) => {
		for (let i = 0; i < n; i++) rest[i] = rest[i]! - regression.coefficients[j]! * x[i]!;
	});
	const odds = score.fitted.map((p, i) => (treat[i] === 1 ? 0 : p / (1 - p)));
	const treatedSum = dot(treat, new Float64Array(n).fill(1));
	const oddsSum = odds.reduce((sum, v) => sum + v, 0);
	const etaTreated = dot(treat, rest) / treatedSum;
	const etaComparison = dot(odds, rest) / oddsSum;

	// How each mean moves with the regression (M1, M3) and with the propensity score (M2).
	const inverseGram = (v: Float64Array) => solveUpper(regression.r, regression.k, solveUpperTransposed(regression.r, regression.k, v));
	const viaRegression = inverseGram(Float64Array.from(design, (x) => dot(treat, x) / treatedSum - dot(odds, x) / oddsSum));
	const viaScore = solveInformation(
		score,
		score.columns.map((x) => {
			let sum = 0;
			for (let i = 0; i < n; i++) sum += odds[i]! * (rest[i]! - etaComparison) * x[i]!;
			return sum / oddsSum;
		})
	);
	const influence = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		let value = treat[i] === 1 ? (rest[i]! - etaTreated) / treatedSum : (-odds[i]! * (rest[i]! - etaComparison)) / oddsSum;
		if (treat[i] === 0) for (let j = 0; j < design.length; j++) value -= viaRegression[j]! * design[j]![i]! * rest[i]!;
		for (let j = 0; j < score.k; j++) value -= viaScore[j]! * score.columns[j]![i]! * (treat[i]! - score.fitted[i]!);
		influence[i] = value * n;
	}
	return { att: etaTreated - etaComparison, influence };
}
