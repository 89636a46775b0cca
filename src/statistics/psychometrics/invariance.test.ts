import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { seeded } from '../random.ts';
import {
	eapScores,
	intraclass,
	itemStatistics,
	mantelHaenszel,
	marginalFit,
	raschConditional,
	raschItemFit,
	reliability,
	type CompleteScores
} from './index.ts';

/** What must not change when rows, columns or names are put in another order. */

/** 0/1 answers of `persons` to `items`, drawn from a 2PL, all from one seed. */
function simulated(seed: number, persons: number, items: number): number[][] {
	const random = seeded(seed);
	const slopes = Array.from({ length: items }, () => 0.6 + random.uniform());
	const places = Array.from({ length: items }, () => random.normal());
	return Array.from({ length: persons }, () => {
		const ability = random.normal();
		return slopes.map((slope, item) => (random.uniform() < 1 / (1 + Math.exp(-slope * (ability - places[item]!))) ? 1 : 0));
	});
}

const worlds = fc.record({
	seed: fc.integer(),
	persons: fc.integer({ min: 120, max: 220 }),
	items: fc.integer({ min: 4, max: 9 })
});
const runs = { numRuns: process.env.SIGINJAI_LONG ? 600 : 15 };
/** Generous: a shared machine may be ten times slower than a free one. */
vi.setConfig({ testTimeout: process.env.SIGINJAI_LONG ? 1_200_000 : 120_000 });

function shuffled<T>(list: readonly T[], seed: number): T[] {
	return seeded(seed).shuffle([...list]);
}

function expectSame(actual: readonly (number | null)[], expected: readonly (number | null)[], tolerance: number): void {
	expect(actual).toHaveLength(expected.length);
	actual.forEach((value, at) => {
		if (value === null || expected[at] === null) expect(value).toBe(expected[at]);
		else expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(tolerance);
	});
}

/** Every figure of an item, side by side. */
function figures(scores: CompleteScores) {
	const classical = itemStatistics(scores);
	const scale = reliability(scores);
	const rasch = raschConditional(scores);
	const fit = raschItemFit(scores, rasch.difficulty);
	const twoPl = marginalFit(scores, '2PL');
	return {
		byItem: {
			difficulty: classical.map((one) => one.difficulty),
			itemRest: classical.map((one) => one.itemRest),
			upperLower: classical.map((one) => one.upperLower),
			ifDropped: scale.alphaIfDropped,
			b: rasch.difficulty,
			se: rasch.standardError,
			infit: fit.map((one) => one.infit),
			outfit: fit.map((one) => one.outfit),
			a: twoPl.a,
			d: twoPl.d
		},
		whole: [scale.alpha, scale.omegaTotal, scale.sem, rasch.conditionalLogLikelihood, twoPl.logLikelihood]
	};
}

/** EM stops where its steps fall under 1e-7; other orders of summation may stop a step apart. */
const tolerance = 1e-4;

describe('order says nothing', () => {
	test('persons in another order leave every figure as it was', () => {
		fc.assert(
			fc.property(worlds, fc.integer(), ({ seed, persons, items }, order) => {
				const scores = simulated(seed, persons, items);
				const before = figures(scores);
				const after = figures(shuffled(scores, order));
				for (const key of Object.keys(before.byItem) as (keyof typeof before.byItem)[])
					expectSame(after.byItem[key], before.byItem[key], 1e-9);
				// omega's likelihood can be so flat that its last digits are those of rounding
				expectSame(after.whole, before.whole, 1e-7);
			}),
			runs
		);
	});

	test('items in another order carry their figures with them', () => {
		fc.assert(
			fc.property(worlds, fc.integer(), ({ seed, persons, items }, order) => {
				const scores = simulated(seed, persons, items);
				const places = shuffled(
					Array.from({ length: items }, (_, item) => item),
					order
				);
				const before = figures(scores);
				const after = figures(scores.map((row) => places.map((item) => row[item]!)));
				for (const key of Object.keys(before.byItem) as (keyof typeof before.byItem)[])
					expectSame(
						after.byItem[key],
						places.map((item) => before.byItem[key][item]!),
						tolerance * Math.max(1, ...before.byItem[key].map((value) => Math.abs(value ?? 0)))
					);
				expectSame(after.whole, before.whole, tolerance);
			}),
			runs
		);
	});
});

describe('names say nothing', () => {
	test('right and wrong exchanged turn every sign of the scale and none of its size', () => {
		fc.assert(
			fc.property(worlds, ({ seed, persons, items }) => {
				const scores = simulated(seed, persons, items);
				const turned = scores.map((row) => row.map((value) => 1 - value));
				expectSame(
					raschConditional(turned).difficulty,
					raschConditional(scores).difficulty.map((b) => b && -b),
					1e-7
				);
				expectSame(marginalFit(turned, '2PL').a, marginalFit(scores, '2PL').a, 1e-3);
				expect(reliability(turned).alpha).toBeCloseTo(reliability(scores).alpha!, 10);
				expectSame(
					itemStatistics(turned).map((one) => one.itemRest),
					itemStatistics(scores).map((one) => one.itemRest),
					1e-10
				);
			}),
			runs
		);
	});

	test('reference and focal group exchanged turn delta round and keep p and class', () => {
		fc.assert(
			fc.property(worlds, fc.integer(), ({ seed, persons, items }, split) => {
				const scores = simulated(seed, persons, items);
				const random = seeded(split);
				const focal = scores.map((_, person) => (person < 2 ? person === 0 : random.uniform() < 0.5));
				const one = mantelHaenszel(scores, focal);
				const other = mantelHaenszel(
					scores,
					focal.map((inside) => !inside)
				);
				expectSame(
					other.map((item) => item.delta),
					one.map((item) => item.delta && -item.delta),
					1e-8
				);
				expectSame(
					other.map((item) => item.p),
					one.map((item) => item.p),
					1e-9
				);
				expect(other.map((item) => item.etsClass)).toEqual(one.map((item) => item.etsClass));
			}),
			runs
		);
	});

	test('raters in another order agree as much, and a constant added to all ratings changes nothing', () => {
		const ratings = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }), {
			minLength: 4,
			maxLength: 12
		});
		fc.assert(
			fc.property(ratings, fc.integer(), fc.integer({ min: -50, max: 50 }), (rows, order, constant) => {
				const before = intraclass(rows);
				const places = shuffled([0, 1, 2, 3], order);
				const after = intraclass(shuffled(rows, order).map((row) => places.map((rater) => row[rater]! + constant)));
				for (const key of ['icc', 'f', 'lower95', 'upper95'] as const)
					before.forEach((form, at) => expectSame([after[at]![key]], [form[key]], 1e-6 * Math.max(1, Math.abs(form[key] ?? 0))));
			}),
			{ numRuns: process.env.SIGINJAI_LONG ? 20_000 : 200 }
		);
	});

	test('a unit of points twice as large doubles SEM and nothing else', () => {
		fc.assert(
			fc.property(worlds, ({ seed, persons, items }) => {
				const scores = simulated(seed, persons, items);
				const one = reliability(scores);
				const two = reliability(scores.map((row) => row.map((value) => 2 * value)));
				expect(two.sem).toBeCloseTo(2 * one.sem!, 10);
				expectSame([two.alpha, two.omegaTotal, ...two.itemRest], [one.alpha, one.omegaTotal, ...one.itemRest], 1e-8);
			}),
			runs
		);
	});
});

describe('a known truth comes back', () => {
	test('Rasch difficulties within five standard errors, over 60 items', () => {
		const random = seeded(417);
		const truth = Array.from({ length: 60 }, (_, item) => (item - 29.5) / 15);
		const scores = Array.from({ length: 1500 }, () => {
			const ability = random.normal();
			return truth.map((b) => (random.uniform() < 1 / (1 + Math.exp(b - ability)) ? 1 : 0));
		});
		const fit = raschConditional(scores);
		truth.forEach((b, item) => expect(Math.abs(fit.difficulty[item]! - b)).toBeLessThan(5 * fit.standardError[item]!));
		const z = truth.map((b, item) => (fit.difficulty[item]! - b) / fit.standardError[item]!);
		const spread = z.reduce((sum, value) => sum + value * value, 0) / z.length;
		expect(spread).toBeGreaterThan(0.5);
		expect(spread).toBeLessThan(1.7);
	});

	test('omega of sixty items is found, and is the share of the common factor in the total', () => {
		const random = seeded(60);
		const scores = Array.from({ length: 4000 }, () => {
			const common = random.normal();
			return Array.from({ length: 60 }, (_, item) => (0.3 + item / 100) * common + random.normal());
		});
		const loadings = Array.from({ length: 60 }, (_, item) => 0.3 + item / 100).reduce((sum, value) => sum + value, 0);
		expect(reliability(scores).omegaTotal).toBeCloseTo(loadings ** 2 / (loadings ** 2 + 60), 2);
	});

	test('an answer left open at random moves no 2PL parameter far, and counts as unknown, not as wrong', () => {
		const whole = simulated(9, 2000, 12);
		const random = seeded(10);
		const gaps = whole.map((row) => row.map((value) => (random.uniform() < 0.2 ? null : value)));
		const full = marginalFit(whole, '2PL', { standardErrors: true });
		const holed = marginalFit(gaps, '2PL', { standardErrors: true });
		full.d.forEach((d, item) => expect(Math.abs(holed.d[item]! - d!)).toBeLessThan(4 * holed.standardErrors!.d[item]!));
		full.a.forEach((a, item) => expect(Math.abs(holed.a[item]! - a!)).toBeLessThan(4 * holed.standardErrors!.a[item]!));
		expect(holed.standardErrors!.d[0]!).toBeGreaterThan(full.standardErrors!.d[0]!);
	});

	test('EAP scores order persons by how much they can do', () => {
		const scores = simulated(3, 800, 10);
		const fit = marginalFit(scores, '1PL');
		const bySum = new Map<number, number>();
		eapScores(scores, fit).forEach(({ eap }, person) =>
			bySum.set(
				scores[person]!.reduce((a, b) => a + b, 0),
				eap
			)
		);
		const sums = [...bySum.keys()].sort((a, b) => a - b);
		for (let i = 1; i < sums.length; i++) expect(bySum.get(sums[i]!)!).toBeGreaterThan(bySum.get(sums[i - 1]!)!);
	});
});
