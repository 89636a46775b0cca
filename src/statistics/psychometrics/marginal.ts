import { finite, StatisticsFailure } from '../failure.ts';
import {
	expectation,
	itemCurvature,
	patternsOf,
	type Expectation,
	type Line,
	type MarginalModel,
	type Patterns
} from './marginalLikelihood.ts';
import { marginalStandardErrors } from './marginalInformation.ts';
import { checkDichotomous, type Scores } from './responses.ts';
import { splitByVariance, type ExcludedItem } from './usableItems.ts';

export interface MarginalFit {
	model: MarginalModel;
	/** Slope of each item; null for an excluded one. */
	a: (number | null)[];
	/** Intercept: logit P(right | θ) = aθ + d. */
	d: (number | null)[];
	/** Difficulty −d/a; null too where the slope is practically 0 and no ability gives one half. */
	b: (number | null)[];
	/** From the observed information, when asked for; null where it is singular or the estimate sits at a bound. */
	standardErrors: { a: (number | null)[]; d: (number | null)[] } | null;
	/** The slope of 1PL and Rasch1; null in 2PL. */
	commonSlope: number | null;
	logLikelihood: number;
	persons: number;
	excluded: ExcludedItem[];
	/** Items whose slope ran into the bound of ±10, beyond which the grid resolves nothing. */
	atBound: number[];
	iterations: number;
	converged: boolean;
}

/** Persons below which 2PL parameters are not shown. */
export const minimumPersonsFor2pl = 250;

const steepest = 10;
const widest = 40;
const mostIterations = 1500;

/**
 * Item parameters by marginal maximum likelihood with the EM algorithm (Bock & Aitkin 1981), accelerated by SQUAREM
 * (Varadhan & Roland 2008), on 61 quadrature points. `scores`: 0, 1 or null; unanswered items are skipped.
 * Items all right or all wrong are excluded and reported. The direction of θ is the one in which most slopes are
 * positive. Throws BAD_INPUT on other values, TOO_FEW_ROWS when no item varies.
 */
export function marginalFit(scores: Scores, model: MarginalModel, options: { standardErrors?: boolean } = {}): MarginalFit {
	const items = checkDichotomous(scores);
	const { usable, excluded } = splitByVariance(scores, items);
	if (usable.length === 0) throw new StatisticsFailure('TOO_FEW_ROWS', 'no item with both right and wrong answers');
	const patterns = patternsOf(scores, usable);
	const { line, logLikelihood, iterations, converged } = maximise(patterns, model);
	if (model !== 'Rasch1' && line.a.reduce((sum, a) => sum + a, 0) < 0) line.a.forEach((a, item) => (line.a[item] = -a));
	const spread = (values: ArrayLike<number | null>): (number | null)[] => {
		const all = new Array<number | null>(items).fill(null);
		usable.forEach((item, at) => (all[item] = values[at]!));
		return all;
	};
	const errors = options.standardErrors ? marginalStandardErrors(patterns, line, model) : null;
	const locations = [...line.d].map((d, item) => (Math.abs(line.a[item]!) < 1e-6 ? null : -d / line.a[item]!));
	return {
		model,
		a: spread(line.a),
		d: spread(line.d),
		b: spread(locations),
		standardErrors: errors && { a: spread(errors.a), d: spread(errors.d) },
		commonSlope: model === '2PL' ? null : line.a[0]!,
		logLikelihood: finite(logLikelihood, 'log-likelihood'),
		persons: scores.length,
		excluded,
		atBound: usable.filter((_, at) => Math.abs(line.a[at]!) >= steepest || Math.abs(line.d[at]!) >= widest),
		iterations,
		converged
	};
}

interface Maximum {
	line: Line;
	logLikelihood: number;
	iterations: number;
	converged: boolean;
}

/** SQUAREM: two EM steps tell the direction and rate of the path, a longer step follows, EM steadies it. */
function maximise(patterns: Patterns, model: MarginalModel): Maximum {
	let line = startingLine(patterns);
	let best = -Infinity;
	let iterations = 0;
	while (iterations < mostIterations) {
		const e0 = expectation(patterns, line);
		// A likelihood that no longer rises while parameters still move is a ridge towards infinity: nothing to gain.
		if (e0.logLikelihood - best < 1e-13 * Math.abs(best)) break;
		best = e0.logLikelihood;
		const one = maximisationStep(patterns, e0, line, model);
		const two = maximisationStep(patterns, expectation(patterns, one), one, model);
		iterations += 2;
		if (distance(one, two) < 1e-7) {
			return { line: two, logLikelihood: expectation(patterns, two).logLikelihood, iterations, converged: true };
		}
		const leap = extrapolate(line, one, two);
		const atLeap = expectation(patterns, leap);
		iterations++;
		// A leap that loses likelihood is dropped; the two EM steps never lose any.
		line = atLeap.logLikelihood >= e0.logLikelihood ? maximisationStep(patterns, atLeap, leap, model) : two;
		if (model === 'Rasch1') line.a.fill(1);
	}
	const next = maximisationStep(patterns, expectation(patterns, line), line, model);
	const converged = distance(line, next) < 1e-4;
	return { line: next, logLikelihood: expectation(patterns, next).logLikelihood, iterations, converged };
}

function startingLine(patterns: Patterns): Line {
	const answered = new Float64Array(patterns.items);
	patterns.count.forEach((count, p) => {
		for (let item = 0; item < patterns.items; item++) answered[item]! += count;
		patterns.missing[p]!.forEach((item) => (answered[item]! -= count));
	});
	const d = answered.map((persons, item) => Math.log(patterns.rightTotal[item]! / (persons - patterns.rightTotal[item]!)));
	return { a: new Float64Array(patterns.items).fill(1), d };
}

function maximisationStep(patterns: Patterns, expected: Expectation, from: Line, model: MarginalModel): Line {
	const line = { a: from.a.slice(), d: from.d.slice() };
	for (let newton = 0; newton < 25; newton++) {
		const moved = model === '2PL' ? separateSlopes(patterns, expected, line) : commonSlope(patterns, expected, line, model);
		if (moved < 1e-9) break;
	}
	return line;
}

/** One Newton step of every item's weighted logistic regression on θ; returns the largest move. */
function separateSlopes(patterns: Patterns, expected: Expectation, line: Line): number {
	let largest = 0;
	for (let item = 0; item < patterns.items; item++) {
		const c = itemCurvature(expected, patterns.rightTotal[item]!, item, line.a[item]!, line.d[item]!);
		const determinant = c.infoAA * c.infoDD - c.infoAD * c.infoAD;
		if (Math.abs(line.a[item]!) === steepest && c.scoreA * line.a[item]! > 0) {
			// Held at the bound, the slope has no step; the intercept then answers alone.
			if (c.infoDD > 0) largest = Math.max(largest, move(line, item, 0, c.scoreD / c.infoDD));
			continue;
		}
		if (!(determinant > 1e-12 * c.infoAA * c.infoDD)) continue;
		const stepA = (c.infoDD * c.scoreA - c.infoAD * c.scoreD) / determinant;
		const stepD = (c.infoAA * c.scoreD - c.infoAD * c.scoreA) / determinant;
		largest = Math.max(largest, move(line, item, stepA, stepD));
	}
	return largest;
}

/** One Newton step in the common slope and all intercepts; the information is an arrow, solved by elimination. */
function commonSlope(patterns: Patterns, expected: Expectation, line: Line, model: MarginalModel): number {
	const curvature = Array.from(line.a, (a, item) => itemCurvature(expected, patterns.rightTotal[item]!, item, a, line.d[item]!));
	let stepA = 0;
	if (model === '1PL') {
		let score = 0;
		let information = 0;
		for (const c of curvature) {
			if (!(c.infoDD > 0)) continue;
			score += c.scoreA - (c.infoAD * c.scoreD) / c.infoDD;
			information += c.infoAA - (c.infoAD * c.infoAD) / c.infoDD;
		}
		if (information > 0) stepA = score / information;
	}
	let largest = 0;
	const slope = clamp(stepA, 1);
	curvature.forEach((c, item) => {
		const stepD = c.infoDD > 0 ? (c.scoreD - c.infoAD * slope) / c.infoDD : 0;
		largest = Math.max(largest, move(line, item, slope, stepD));
	});
	return largest;
}

/** Moves within bounds; Newton far from the root overshoots, so no step is longer than 1 in a and 2 in d. */
function move(line: Line, item: number, stepA: number, stepD: number): number {
	const a = clamp(line.a[item]! + clamp(stepA, 1), steepest);
	const d = clamp(line.d[item]! + clamp(stepD, 2), widest);
	const moved = Math.max(Math.abs(a - line.a[item]!), Math.abs(d - line.d[item]!));
	line.a[item] = a;
	line.d[item] = d;
	return moved;
}

function clamp(value: number, limit: number): number {
	return Math.max(-limit, Math.min(limit, value));
}

function distance(x: Line, y: Line): number {
	let largest = 0;
	for (const part of ['a', 'd'] as const) x[part].forEach((value, i) => (largest = Math.max(largest, Math.abs(value - y[part][i]!))));
	return largest;
}

function extrapolate(zero: Line, one: Line, two: Line): Line {
	let first = 0;
	let second = 0;
	for (const part of ['a', 'd'] as const)
		zero[part].forEach((value, i) => {
			const r = one[part][i]! - value;
			const v = two[part][i]! - one[part][i]! - r;
			first += r * r;
			second += v * v;
		});
	const length = second > 0 ? Math.max(1, Math.sqrt(first / second)) : 1;
	const leap = (part: 'a' | 'd', limit: number) =>
		zero[part].map((value, i) => {
			const r = one[part][i]! - value;
			const v = two[part][i]! - one[part][i]! - r;
			return clamp(value + 2 * length * r + length * length * v, limit);
		});
	return { a: leap('a', steepest), d: leap('d', widest) };
}
