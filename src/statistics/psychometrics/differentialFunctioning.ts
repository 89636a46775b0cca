import { chiSquareUpperTail } from '../distributions/fAndChiSquare.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { StatisticsFailure } from '../failure.ts';
import { benjaminiHochberg } from '../multiplicity/adjust.ts';
import { checkDichotomous, totals, type CompleteScores } from './responses.ts';

/** A negligible, B moderate, C large: a C item leaves scoring until it is reviewed. */
export type EtsClass = 'A' | 'B' | 'C';

export interface DifferentialFunctioning {
	/** Odds of being right, reference against focal, among persons of equal total; null when 0 or infinite. */
	oddsRatio: number | null;
	/** −2.35·ln(odds ratio), the ETS delta scale: negative is harder for the focal group. */
	delta: number | null;
	seDelta: number | null;
	/** Mantel–Haenszel chi-square with continuity correction, 1 degree of freedom; null without a usable stratum. */
	chiSquare: number | null;
	p: number | null;
	/** p adjusted over the items (Benjamini & Hochberg 1995). */
	adjustedP: number | null;
	etsClass: EtsClass | null;
}

/** Persons per group below which differential functioning is not shown. */
export const minimumPersonsPerGroupForDif = 100;

/**
 * Differential item functioning by Mantel–Haenszel (Holland & Thayer 1988) from complete 0/1 rows, matched on the total
 * score with the item included. `focal[person]` is true for the focal group. Standard error after Phillips & Holland
 * (1987). Class A when p ≥ 0.05 or |Δ| < 1; C when |Δ| ≥ 1.5 and significantly above 1 (one-sided 5%); B otherwise.
 * When one group is right and the other wrong in every stratum, Δ has no number and a significant item counts as C.
 * Throws BAD_INPUT when a group is empty or the lengths differ.
 */
export function mantelHaenszel(scores: CompleteScores, focal: readonly boolean[]): DifferentialFunctioning[] {
	const items = checkDichotomous(scores);
	if (focal.length !== scores.length) throw new StatisticsFailure('BAD_INPUT', 'one group for every person expected');
	if (!focal.includes(true) || !focal.includes(false))
		throw new StatisticsFailure('BAD_INPUT', 'both the reference and the focal group need persons');
	const total = totals(scores);
	const found = Array.from({ length: items }, (_, item) => ofItem(strata(scores, focal, total, item, items)));
	const tested = found.flatMap((one, item) => (one.p === null ? [] : [item]));
	const adjusted = benjaminiHochberg(tested.map((item) => found[item]!.p!));
	tested.forEach((item, at) => (found[item]!.adjustedP = adjusted[at]!));
	return found;
}

/** Counts at one total: reference right, reference wrong, focal right, focal wrong. */
type Stratum = [number, number, number, number];

function strata(scores: CompleteScores, focal: readonly boolean[], total: readonly number[], item: number, items: number): Stratum[] {
	const all = Array.from({ length: items + 1 }, (): Stratum => [0, 0, 0, 0]);
	scores.forEach((row, person) => all[total[person]!]![(focal[person] ? 2 : 0) + (row[item] === 1 ? 0 : 1)]!++);
	// A stratum with one group only, or all right or all wrong, compares nothing.
	return all.filter(([a, b, c, d]) => a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0);
}

function ofItem(usable: readonly Stratum[]): DifferentialFunctioning {
	let favouring = 0;
	let against = 0;
	let observed = 0;
	let expected = 0;
	let spread = 0;
	let mixed = 0;
	for (const [a, b, c, d] of usable) {
		const n = a + b + c + d;
		favouring += (a * d) / n;
		against += (b * c) / n;
		observed += a;
		expected += ((a + b) * (a + c)) / n;
		spread += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
	}
	if (!(spread > 0)) return { oddsRatio: null, delta: null, seDelta: null, chiSquare: null, p: null, adjustedP: null, etsClass: null };
	const difference = Math.abs(observed - expected);
	// A correction larger than the difference would turn its sign; none is made then, as in R's mantelhaen.test.
	const chiSquare = (difference >= 0.5 ? difference - 0.5 : difference) ** 2 / spread;
	const p = chiSquareUpperTail(chiSquare, 1);
	if (favouring === 0 || against === 0)
		return {
			oddsRatio: null,
			delta: null,
			seDelta: null,
			chiSquare,
			p,
			adjustedP: null,
			etsClass: p < 0.05 ? 'C' : 'A'
		};
	const oddsRatio = favouring / against;
	for (const [a, b, c, d] of usable) {
		const n = a + b + c + d;
		mixed += ((a * d + oddsRatio * b * c) * (a + d + oddsRatio * (b + c))) / (n * n);
	}
	const delta = -2.35 * Math.log(oddsRatio);
	const seDelta = 2.35 * Math.sqrt(mixed / (2 * favouring * favouring));
	return { oddsRatio, delta, seDelta, chiSquare, p, adjustedP: null, etsClass: etsClass(delta, seDelta, p) };
}

const oneSided5 = normalQuantile(0.95);

function etsClass(delta: number, seDelta: number, p: number): EtsClass {
	const size = Math.abs(delta);
	if (p >= 0.05 || size < 1) return 'A';
	return size >= 1.5 && (size - 1) / seDelta > oneSided5 ? 'C' : 'B';
}
