import { chiSquareUpperTail } from '../distributions/fAndChiSquare.ts';
import { finite, StatisticsFailure } from '../failure.ts';
import { cholesky } from './cholesky.ts';
import { checkDichotomous, type CompleteScores } from './responses.ts';
import { conditionalMoments, logSymmetricFunctions } from './symmetricFunctions.ts';
import { isWellConditioned, splitByVariance, type ExcludedItem } from './usableItems.ts';

export interface RaschFit {
	/** Difficulty of each item in logits, summing to zero; null for an excluded item. */
	difficulty: (number | null)[];
	standardError: (number | null)[];
	conditionalLogLikelihood: number;
	/** Persons who tell something about the items: neither all right nor all wrong. */
	persons: number;
	/** Persons left out because they had everything right or wrong; their EAP scores remain finite. */
	extremePersons: number;
	excluded: ExcludedItem[];
	iterations: number;
}

/** Persons below which Rasch difficulties are not shown. */
export const minimumPersonsForRasch = 100;

/**
 * Rasch difficulties by conditional maximum likelihood (Andersen 1972) from complete 0/1 rows. Newton's method on a
 * concave likelihood; standard errors from the observed conditional information under Σb = 0.
 *
 * Items all right or all wrong among the persons who count are excluded and reported, again and again until the rest
 * has variance. Throws BAD_INPUT on values other than 0 and 1, TOO_FEW_ROWS when fewer than two items or no person
 * remain, NOT_CONVERGED when the items fall into groups that no answer links, so that no finite difficulty exists.
 */
export function raschConditional(scores: CompleteScores): RaschFit {
	const items = checkDichotomous(scores);
	const { usable, excluded, rows } = informative(scores, items);
	if (usable.length < 2 || rows.length === 0)
		throw new StatisticsFailure('TOO_FEW_ROWS', 'fewer than two items with both right and wrong answers remain');
	if (!isWellConditioned(rows, usable))
		throw new StatisticsFailure('NOT_CONVERGED', 'the items fall into groups that no answer links: no finite difficulties');
	const fit = maximise(sufficient(rows, usable));
	const spread = <T>(values: readonly T[]): (T | null)[] => {
		const all = new Array<T | null>(items).fill(null);
		usable.forEach((item, at) => (all[item] = values[at]!));
		return all;
	};
	return {
		difficulty: spread(fit.b),
		standardError: spread(fit.se),
		conditionalLogLikelihood: fit.logLikelihood,
		persons: rows.length,
		extremePersons: scores.length - rows.length,
		excluded,
		iterations: fit.iterations
	};
}

export interface AndersenTest {
	likelihoodRatio: number;
	df: number;
	p: number;
	/** Items left out because one of the groups gives them no variance. */
	excluded: number[];
}

/**
 * Andersen's (1973) test that the difficulties are the same in every group. `group`: one label a person. Items without
 * variance in any group are left out of all. Throws as `raschConditional`, and BAD_INPUT for fewer than two groups.
 */
export function andersenTest(scores: CompleteScores, group: readonly (string | number | boolean)[]): AndersenTest {
	const items = checkDichotomous(scores);
	const labels = [...new Set(group)];
	if (labels.length < 2 || group.length !== scores.length)
		throw new StatisticsFailure('BAD_INPUT', 'the test needs a group for every person, and at least two groups');
	const parts = labels.map((label) => scores.filter((_, person) => group[person] === label));
	let kept = Array.from({ length: items }, (_, item) => item);
	for (;;) {
		const fits = parts.map((part) => raschConditional(part.map((row) => kept.map((item) => row[item]!))));
		const dropped = new Set(fits.flatMap((fit) => fit.excluded.map((one) => kept[one.item]!)));
		if (dropped.size > 0) {
			kept = kept.filter((item) => !dropped.has(item));
			continue;
		}
		const together = raschConditional(scores.map((row) => kept.map((item) => row[item]!)));
		const apart = fits.reduce((sum, fit) => sum + fit.conditionalLogLikelihood, 0);
		const likelihoodRatio = Math.max(0, 2 * (apart - together.conditionalLogLikelihood));
		const df = (labels.length - 1) * (kept.length - 1);
		const excluded = Array.from({ length: items }, (_, item) => item).filter((item) => !kept.includes(item));
		return { likelihoodRatio, df, p: chiSquareUpperTail(likelihoodRatio, df), excluded };
	}
}

/** The split of Andersen's test that needs no background: raw score above the mean or not. */
export function aboveMeanScore(scores: CompleteScores): boolean[] {
	const raw = scores.map((row) => row.reduce((sum, value) => sum + value, 0));
	const average = raw.reduce((sum, value) => sum + value, 0) / raw.length;
	return raw.map((value) => value > average);
}

function informative(scores: CompleteScores, items: number): { usable: number[]; excluded: ExcludedItem[]; rows: CompleteScores } {
	let usable = Array.from({ length: items }, (_, item) => item);
	const excluded: ExcludedItem[] = [];
	let rows = scores;
	for (;;) {
		const before = splitByVariance(rows, items);
		for (const one of before.excluded) if (usable.includes(one.item)) excluded.push(one);
		usable = usable.filter((item) => before.usable.includes(item));
		const kept = rows.filter((row) => {
			const raw = usable.reduce((sum, item) => sum + row[item]!, 0);
			return raw > 0 && raw < usable.length;
		});
		// Leaving out the extreme persons can take the last wrong answer of an item with them.
		if (kept.length === rows.length) return { usable, excluded: excluded.sort((a, b) => a.item - b.item), rows };
		rows = kept;
	}
}

interface Sufficient {
	right: number[];
	counts: number[];
}

function sufficient(rows: CompleteScores, usable: readonly number[]): Sufficient {
	const right = usable.map(() => 0);
	const counts = new Array<number>(usable.length + 1).fill(0);
	for (const row of rows) {
		let raw = 0;
		usable.forEach((item, at) => {
			right[at]! += row[item]!;
			raw += row[item]!;
		});
		counts[raw]!++;
	}
	return { right, counts };
}

function maximise({ right, counts }: Sufficient): {
	b: number[];
	se: number[];
	logLikelihood: number;
	iterations: number;
} {
	const persons = counts.reduce((sum, count) => sum + count, 0);
	let b = centred(right.map((count) => Math.log((persons - count) / count)));
	let logLikelihood = logLikelihoodAt(b, right, counts);
	for (let iterations = 1; iterations <= 200; iterations++) {
		const { expected, information } = conditionalMoments(b, counts);
		const covariance = pseudoInverse(information);
		const score = expected.map((value, i) => value - right[i]!);
		const step = covariance.map((row) => row.reduce((sum, value, j) => sum + value * score[j]!, 0));
		if (Math.max(...step.map(Math.abs)) < 1e-9)
			return {
				b,
				se: covariance.map((row, i) => finite(Math.sqrt(row[i]!), 'standard error')),
				logLikelihood,
				iterations
			};
		let length = 1;
		for (; length > 1e-8; length /= 2) {
			const next = centred(b.map((value, i) => value + length * step[i]!));
			const tried = logLikelihoodAt(next, right, counts);
			if (!(tried >= logLikelihood - 1e-9 * Math.abs(logLikelihood))) continue;
			b = next;
			logLikelihood = tried;
			break;
		}
		if (length <= 1e-8) break;
	}
	throw new StatisticsFailure('NOT_CONVERGED', 'the conditional likelihood of the Rasch model found no maximum');
}

function logLikelihoodAt(b: readonly number[], right: readonly number[], counts: readonly number[]): number {
	const logGamma = logSymmetricFunctions(b);
	const items = b.reduce((sum, difficulty, i) => sum - right[i]! * difficulty, 0);
	return counts.reduce((sum, count, r) => (count > 0 ? sum - count * logGamma[r]! : sum), items);
}

function centred(values: readonly number[]): number[] {
	const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
	return values.map((value) => value - middle);
}

/** Inverse on the differences between items: (I + 11'/k)⁻¹ − 11'/k, the null space of the information being 1. */
function pseudoInverse(information: readonly (readonly number[])[]): number[][] {
	const items = information.length;
	// Scaled like the information itself, so that the added direction does not spoil its condition.
	const scale = information.reduce((sum, row, i) => sum + row[i]!, 0) / items;
	const lifted = cholesky(information.map((row) => row.map((value) => value + scale / items)));
	if (!lifted) throw new StatisticsFailure('NOT_CONVERGED', 'the conditional information of the Rasch model is singular');
	return lifted.inverse().map((row) => Array.from(row, (value) => value - 1 / (scale * items)));
}
