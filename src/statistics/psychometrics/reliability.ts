import { mean } from '../describe.ts';
import { fQuantile } from '../distributions/fAndChiSquare.ts';
import { finite, StatisticsFailure } from '../failure.ts';
import { correlation, covarianceMatrix, pairwiseCovarianceMatrix, variance } from './moments.ts';
import { oneFactor } from './oneFactor.ts';
import { checkShape, column, totals, type CompleteScores, type Scores } from './responses.ts';

/** What a score of this reliability may be used for; each use includes those after it. */
export type ScoreUse = 'PASS_FAIL' | 'FEEDBACK' | 'GROUP_RESEARCH' | 'NONE';

export interface Reliability {
	persons: number;
	/** Coefficient alpha (Cronbach 1951; KR-20 for 0/1 items); null with one item or without variance of the total. */
	alpha: number | null;
	/** Alpha of the items brought to equal variance; null when an item has no variance. */
	alphaStandardised: number | null;
	/** Exact 95% interval of alpha under a two-way model with normal errors (Feldt 1965). */
	alphaCi95: [number, number] | null;
	/** Alpha of the scale without each item; null where fewer than two items would be left. */
	alphaIfDropped: (number | null)[];
	itemRest: (number | null)[];
	/** McDonald's omega total of a one-factor model, (Σλ)²/((Σλ)² + Σθ); null when that model has no solution. */
	omegaTotal: number | null;
	/** Standard error of measurement in points, SD·√(1 − α). */
	sem: number | null;
	use: ScoreUse;
	/** Items whose reversal would raise alpha by more than 0.10: probably keyed the wrong way round. */
	checkKeying: number[];
}

/** Reliability of the sum of complete rows (persons × items, in points). Throws TOO_FEW_ROWS, BAD_INPUT, NOT_FINITE. */
export function reliability(scores: CompleteScores): Reliability {
	const items = checkShape(scores);
	const total = totals(scores);
	const covariances = covarianceMatrix(scores, items);
	const alpha = alphaOf(covariances);
	const rest = (item: number) => total.map((sum, person) => sum - scores[person]![item]!);
	return {
		persons: scores.length,
		alpha,
		alphaStandardised: standardisedAlpha(covariances),
		alphaCi95: alpha === null ? null : feldtInterval(alpha, scores.length, items),
		alphaIfDropped: covariances.map((_, item) => alphaOf(without(covariances, item))),
		itemRest: covariances.map((_, item) => correlation(column(scores, item), rest(item))),
		omegaTotal: omegaTotal(covariances),
		sem: alpha === null ? null : standardErrorOfMeasurement(Math.sqrt(variance(total)), alpha),
		use: scoreUse(alpha),
		checkKeying: suspectKeying(covariances)
	};
}

/** Alpha from a covariance matrix; null for fewer than two items or a total without variance. */
export function alphaOf(covariances: readonly (readonly number[])[]): number | null {
	const items = covariances.length;
	if (items < 2) return null;
	let trace = 0;
	let all = 0;
	covariances.forEach((row, i) =>
		row.forEach((value, j) => {
			all += value;
			if (i === j) trace += value;
		})
	);
	if (!(all > 1e-12 * trace)) return null;
	return finite((items / (items - 1)) * (1 - trace / all), 'alpha');
}

/** Alpha when every covariance uses the persons who answered both items. */
export function alphaFromAllAnswers(scores: Scores): number | null {
	return alphaOf(pairwiseCovarianceMatrix(scores, checkShape(scores)));
}

function standardisedAlpha(covariances: readonly (readonly number[])[]): number | null {
	const correlations = correlationsOf(covariances);
	return correlations && alphaOf(correlations);
}

function correlationsOf(covariances: readonly (readonly number[])[]): number[][] | null {
	const sd = covariances.map((row, i) => Math.sqrt(row[i]!));
	if (sd.some((value) => !(value > 0))) return null;
	return covariances.map((row, i) => row.map((value, j) => (i === j ? 1 : value / (sd[i]! * sd[j]!))));
}

/**
 * Interval of alpha from n persons and k items: 1 − (1 − α)·F with n − 1 and (n − 1)(k − 1) degrees of freedom
 * (Feldt 1965). Null for fewer than two persons or items.
 */
export function feldtInterval(alpha: number, persons: number, items: number, level = 0.95): [number, number] | null {
	if (persons < 2 || items < 2) return null;
	const df1 = persons - 1;
	const df2 = df1 * (items - 1);
	const tail = (1 - level) / 2;
	return [1 - (1 - alpha) * fQuantile(1 - tail, df1, df2), 1 - (1 - alpha) * fQuantile(tail, df1, df2)];
}

function without(matrix: readonly (readonly number[])[], item: number): number[][] {
	return matrix.filter((_, i) => i !== item).map((row) => row.filter((_, j) => j !== item));
}

/**
 * Omega total by maximum likelihood (Jöreskog 1967; McDonald 1999) on the given covariances; items without variance
 * add nothing and are left out. Null when fewer than three items vary or the factor model has no solution.
 */
export function omegaTotal(covariances: readonly (readonly number[])[]): number | null {
	const varying = covariances.flatMap((row, i) => (row[i]! > 0 ? [i] : []));
	const correlations = correlationsOf(varying.map((i) => varying.map((j) => covariances[i]![j]!)));
	const factor = correlations && oneFactor(correlations);
	if (!factor) return null;
	let loadings = 0;
	let uniquenesses = 0;
	varying.forEach((item, at) => {
		loadings += factor.loadings[at]! * Math.sqrt(covariances[item]![item]!);
		uniquenesses += factor.uniquenesses[at]! * covariances[item]![item]!;
	});
	const omega = loadings ** 2 / (loadings ** 2 + uniquenesses);
	return Number.isFinite(omega) ? omega : null;
}

/** SD·√(1 − α) in the units of the score. Throws BAD_INPUT when α > 1 or SD < 0. */
export function standardErrorOfMeasurement(standardDeviation: number, alpha: number): number {
	if (!(alpha <= 1) || !(standardDeviation >= 0))
		throw new StatisticsFailure('BAD_INPUT', 'the standard error of measurement needs alpha ≤ 1 and SD ≥ 0');
	return standardDeviation * Math.sqrt(1 - alpha);
}

/** The totals within which pass and fail cannot be told apart: mark ± 1.96 SEM, kept inside 0 … maximum. */
export function passMarkBand(mark: number, sem: number, maximum: number): [number, number] {
	return [Math.max(0, mark - 1.96 * sem), Math.min(maximum, mark + 1.96 * sem)];
}

/** 0.85 for pass or fail, 0.70 for feedback, 0.50 for research on groups. */
export function scoreUse(alpha: number | null): ScoreUse {
	if (alpha === null) return 'NONE';
	if (alpha >= 0.85) return 'PASS_FAIL';
	if (alpha >= 0.7) return 'FEEDBACK';
	return alpha >= 0.5 ? 'GROUP_RESEARCH' : 'NONE';
}

/**
 * Items whose sign on the first principal axis differs from the majority's, when turning them round raises alpha by
 * more than 0.10.
 */
function suspectKeying(covariances: readonly (readonly number[])[]): number[] {
	const alpha = alphaOf(covariances);
	const axis = firstAxis(covariances);
	if (!axis) return [];
	const sign = axis.map((weight) => (weight < 0 ? -1 : 1));
	const majority = mean(sign) < 0 ? -1 : 1;
	const turned = sign.flatMap((s, item) => (s === majority ? [] : [item]));
	if (turned.length === 0) return [];
	const reversed = alphaOf(covariances.map((row, i) => row.map((value, j) => value * sign[i]! * sign[j]!)));
	// Without variance of the total (items that cancel out) alpha is undefined and any positive alpha is a jump.
	return reversed !== null && reversed - (alpha ?? 0) > 0.1 ? turned : [];
}

/** Leading eigenvector by power iteration on a covariance matrix (positive semidefinite, so it converges). */
function firstAxis(matrix: readonly (readonly number[])[]): number[] | null {
	let axis = matrix.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0) + 1e-3);
	// Start from the row with the largest variance, so that signs are found rather than averaged out.
	const widest = matrix.reduce((best, row, i) => (row[i]! > matrix[best]![best]! ? i : best), 0);
	axis = axis.map((size, i) => (matrix[widest]![i]! < 0 ? -size : size));
	for (let i = 0; i < 500; i++) {
		const next = matrix.map((row) => row.reduce((sum, value, j) => sum + value * axis[j]!, 0));
		const length = Math.hypot(...next);
		if (!(length > 0)) return null;
		axis = next.map((value) => value / length);
	}
	return axis;
}
