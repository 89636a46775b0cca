import { fQuantile, fUpperTail } from '../distributions/fAndChiSquare.ts';
import { StatisticsFailure } from '../failure.ts';
import { checkShape, type CompleteScores } from './responses.ts';

/** (m, 1): reliability of one rater; (m, k): of the mean of the k raters. */
export type IntraclassForm = '(1,1)' | '(2,1)' | '(3,1)' | '(1,k)' | '(2,k)' | '(3,k)';

export interface Intraclass {
	form: IntraclassForm;
	/** Null when the ratings have no variance to divide. */
	icc: number | null;
	/** Test that targets do not differ; null when raters agree perfectly, where it is infinite. */
	f: number | null;
	df1: number;
	df2: number;
	p: number | null;
	lower95: number | null;
	upper95: number | null;
}

/** Raters per source below which the ratings of that source are not shown. */
export const minimumRatersPerSource = 3;

/**
 * Intraclass correlations (Shrout & Fleiss 1979) with 95% intervals, from complete ratings (targets × raters).
 * Form 1: other raters for every target; 2: raters drawn at random, who all rate every target; 3: these raters only.
 * The interval of form 2 uses Satterthwaite degrees of freedom. Throws TOO_FEW_ROWS for fewer than two targets or
 * raters.
 */
export function intraclass(ratings: CompleteScores): Intraclass[] {
	const k = checkShape(ratings);
	const n = ratings.length;
	if (n < 2 || k < 2) throw new StatisticsFailure('TOO_FEW_ROWS', `${n} targets by ${k} raters; at least two of each are needed`);
	const { targets, raters, within, error } = meanSquares(ratings, n, k);
	const scale = targets + raters + within + error;
	// The denominator estimates a total variance: at or below zero (rounding apart) there is nothing to have a share of.
	const ratio = (numerator: number, denominator: number) => (denominator > 1e-12 * scale ? numerator / denominator : null);
	const one = ratioInterval(targets, within, n - 1, n * (k - 1));
	const three = ratioInterval(targets, error, n - 1, (n - 1) * (k - 1));
	const forms: [IntraclassForm, number | null, Ratio, [number, number] | null][] = [
		['(1,1)', ratio(targets - within, targets + (k - 1) * within), one, one.bounds && single(one.bounds, k)],
		['(2,1)', ratio(targets - error, targets + (k - 1) * error + (k * (raters - error)) / n), three, null],
		['(3,1)', ratio(targets - error, targets + (k - 1) * error), three, three.bounds && single(three.bounds, k)],
		['(1,k)', ratio(targets - within, targets), one, one.bounds && average(one.bounds)],
		['(2,k)', ratio(targets - error, targets + (raters - error) / n), three, null],
		['(3,k)', ratio(targets - error, targets), three, three.bounds && average(three.bounds)]
	];
	const random = forms[1]![1] === null || error === 0 ? null : randomRaterInterval(forms[1]![1], targets, raters, error, n, k);
	forms[1]![3] = random;
	forms[4]![3] = random && [steppedUp(random[0], k), steppedUp(random[1], k)];
	return forms.map(([form, icc, test, bounds]) => ({
		form,
		icc,
		f: test.f,
		df1: test.df1,
		df2: test.df2,
		p: test.p,
		lower95: bounds && kept(bounds[0]),
		upper95: bounds && kept(bounds[1])
	}));
}

function meanSquares(ratings: CompleteScores, n: number, k: number): { targets: number; raters: number; within: number; error: number } {
	const grand = ratings.reduce((sum, row) => sum + row.reduce((s, v) => s + v, 0), 0) / (n * k);
	const targetMeans = ratings.map((row) => row.reduce((sum, value) => sum + value, 0) / k);
	const raterMeans = Array.from({ length: k }, (_, rater) => ratings.reduce((sum, row) => sum + row[rater]!, 0) / n);
	let between = 0;
	let judges = 0;
	let inside = 0;
	let rest = 0;
	let size = 0;
	targetMeans.forEach((average) => (between += k * (average - grand) ** 2));
	raterMeans.forEach((average) => (judges += n * (average - grand) ** 2));
	ratings.forEach((row, target) =>
		row.forEach((value, rater) => {
			inside += (value - targetMeans[target]!) ** 2;
			rest += (value - targetMeans[target]! - raterMeans[rater]! + grand) ** 2;
			size += value * value;
		})
	);
	// What rounding leaves of a sum of squares that is zero would otherwise pass for disagreement.
	const exact = (sum: number) => (sum <= 1e-24 * size ? 0 : sum);
	return {
		targets: exact(between) / (n - 1),
		raters: exact(judges) / (k - 1),
		within: exact(inside) / (n * (k - 1)),
		error: exact(rest) / ((n - 1) * (k - 1))
	};
}

interface Ratio {
	f: number | null;
	df1: number;
	df2: number;
	p: number | null;
	/** 95% limits of the ratio of expected mean squares. */
	bounds: [number, number] | null;
}

function ratioInterval(numerator: number, denominator: number, df1: number, df2: number): Ratio {
	if (denominator === 0) return { f: null, df1, df2, p: null, bounds: null };
	const f = numerator / denominator;
	return {
		f,
		df1,
		df2,
		p: fUpperTail(f, df1, df2),
		bounds: [f / fQuantile(0.975, df1, df2), f * fQuantile(0.975, df2, df1)]
	};
}

const single = (bounds: [number, number], k: number): [number, number] => [
	(bounds[0] - 1) / (bounds[0] + k - 1),
	(bounds[1] - 1) / (bounds[1] + k - 1)
];
/** 1 − 1/F; no lower limit exists where F is 0. */
const average = (bounds: [number, number]): [number, number] => [1 - 1 / bounds[0], 1 - 1 / bounds[1]];
/** Spearman–Brown; without a finite value at or below −1/(k − 1). */
const steppedUp = (icc: number, k: number): number => (1 + icc * (k - 1) > 1e-12 ? (icc * k) / (1 + icc * (k - 1)) : -Infinity);
const kept = (value: number): number | null => (Number.isFinite(value) ? value : null);

function randomRaterInterval(icc: number, targets: number, raters: number, error: number, n: number, k: number): [number, number] | null {
	const fj = raters / error;
	const rest = n * (1 + (k - 1) * icc) - k * icc;
	const v = ((k - 1) * (n - 1) * (k * icc * fj + rest) ** 2) / ((n - 1) * k * k * icc * icc * fj * fj + rest * rest);
	if (!(v > 0) || !Number.isFinite(v)) return null;
	const upperF = fQuantile(0.975, n - 1, v);
	const lowerF = fQuantile(0.975, v, n - 1);
	const shared = k * raters + (k * n - k - n) * error;
	return [
		(n * (targets - upperF * error)) / (upperF * shared + n * targets),
		(n * (lowerF * targets - error)) / (shared + n * lowerF * targets)
	];
}
