/** Plain descriptions of a column of numbers. Empty columns are the caller's fault and throw. */
import { StatisticsFailure } from './failure.ts';

export type Numbers = ArrayLike<number>;

export function mean(values: Numbers): number {
	if (values.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'mean of no values');
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i]!;
	const first = sum / values.length;
	// A second pass takes out the rounding of the first.
	let rest = 0;
	for (let i = 0; i < values.length; i++) rest += values[i]! - first;
	return first + rest / values.length;
}

/** Sample variance, divisor n − 1. */
export function variance(values: Numbers): number {
	if (values.length < 2) throw new StatisticsFailure('TOO_FEW_ROWS', 'variance needs at least two values');
	const m = mean(values);
	let squares = 0;
	for (let i = 0; i < values.length; i++) squares += (values[i]! - m) ** 2;
	return squares / (values.length - 1);
}

export function standardDeviation(values: Numbers): number {
	return Math.sqrt(variance(values));
}

/** Pearson correlation; 0 when a column does not vary, because then it predicts nothing. */
export function correlation(x: Numbers, y: Numbers): number {
	const mx = mean(x);
	const my = mean(y);
	let xy = 0;
	let xx = 0;
	let yy = 0;
	for (let i = 0; i < x.length; i++) {
		const dx = x[i]! - mx;
		const dy = y[i]! - my;
		xy += dx * dy;
		xx += dx * dx;
		yy += dy * dy;
	}
	return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

/** Weighted mean; weights need not sum to one. */
export function weightedMean(values: Numbers, weights: Numbers): number {
	let sum = 0;
	let total = 0;
	for (let i = 0; i < values.length; i++) {
		sum += weights[i]! * values[i]!;
		total += weights[i]!;
	}
	if (!(total > 0)) throw new StatisticsFailure('TOO_FEW_ROWS', 'weights sum to zero');
	return sum / total;
}

/** Sample quantile by linear interpolation of order statistics (Hyndman & Fan 1996, type 7, as R's default). */
export function quantile(values: Numbers, p: number): number {
	const sorted = Float64Array.from(values).sort();
	if (sorted.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'quantile of no values');
	const at = (sorted.length - 1) * p;
	const low = Math.floor(at);
	const high = Math.min(low + 1, sorted.length - 1);
	return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

/** Kish's effective sample size (Σw)²/Σw². */
export function effectiveSampleSize(weights: Numbers): number {
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < weights.length; i++) {
		sum += weights[i]!;
		squares += weights[i]! ** 2;
	}
	return (sum * sum) / squares;
}
