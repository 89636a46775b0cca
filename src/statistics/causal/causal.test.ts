import { describe, expect, test } from 'vitest';
import { seeded } from '../random.ts';
import { superiority } from '../twoSample/superiority.ts';
import { callawaySantAnna } from './callawaySantanna.ts';
import { complierEffect } from './complier.ts';
import { entropyBalance } from './entropyBalance.ts';
import { leeBounds } from './leeBounds.ts';
import { logit } from './logit.ts';
import { panelFrom, twoWayFixedEffects } from './panel.ts';

const column = (name: string, values: number[]) => ({ name, values: Float64Array.from(values) });

describe('entropy balancing', () => {
	test('weights reproduce the treated means', () => {
		const treat = Float64Array.of(1, 1, 0, 0, 0, 0);
		const x = column('x', [3, 5, 1, 3, 5, 7]);
		const { weights, gap } = entropyBalance(treat, [x]);
		expect(gap).toBeLessThan(1e-8);
		const total = weights.slice(2).reduce((s, w) => s + w, 0);
		expect(total).toBeCloseTo(4, 10);
		expect(x.values.slice(2).reduce((s, v, i) => s + v * weights[i + 2]!, 0) / total).toBeCloseTo(4, 8);
	});
	test('a treated mean outside the comparison is refused by name', () => {
		expect(() => entropyBalance(Float64Array.of(1, 1, 0, 0, 0), [column('x', [9, 10, 1, 2, 3])])).toThrow(
			expect.objectContaining({ code: 'NOT_BALANCED', about: ['x'] })
		);
	});
});

describe('logit', () => {
	test('one indicator has the closed form', () => {
		const y = Float64Array.of(1, 0, 0, 0, 1, 1, 1, 0);
		const fit = logit(y, [column('g', [0, 0, 0, 0, 1, 1, 1, 1])]);
		expect(fit.coefficients[0]).toBeCloseTo(Math.log(1 / 3), 8);
		expect(fit.coefficients[1]).toBeCloseTo(Math.log(9), 8);
		expect(fit.se[1]).toBeCloseTo(Math.sqrt(1 + 1 / 3 + 1 + 1 / 3), 6);
	});
	test('separation is told', () => {
		expect(logit(Float64Array.of(0, 0, 0, 1, 1, 1), [column('x', [1, 2, 3, 7, 8, 9])]).separated).toBe(true);
	});
});

describe('Lee bounds', () => {
	test('trim the fuller arm by the excess share', () => {
		// All four treated answer, half of the comparison: half of the treated are trimmed.
		const b = leeBounds([1, 2, 3, 4], [2, 2, null, null], 20, 1);
		expect(b).toMatchObject({ trimmedArm: 'treated', trimmed: 0.5 });
		expect(b.lower).toBeCloseTo(1.5 - 2, 12);
		expect(b.upper).toBeCloseTo(3.5 - 2, 12);
	});
	test('with equal response they meet at the difference', () => {
		const b = leeBounds([1, 3, null], [0, 2, null], 20, 1);
		expect(b.lower).toBeCloseTo(1, 12);
		expect(b.upper).toBe(b.lower);
	});
});

test('the complier effect is the intention to treat over the difference in take-up', () => {
	const effect = complierEffect(Float64Array.of(4, 6, 5, 1, 2, 3), Float64Array.of(1, 1, 1, 0, 0, 0), Float64Array.of(1, 1, 0, 0, 0, 0));
	expect(effect.takeUpDifference).toBeCloseTo(2 / 3, 12);
	expect(effect.estimate).toBeCloseTo((5 - 2) / (2 / 3), 12);
});

describe('panels', () => {
	const random = seeded(8);
	const rows = Array.from({ length: 30 }, (_, u) => u).flatMap((u) =>
		[1, 2, 3, 4].map((period) => ({
			unit: `u${u}`,
			period,
			firstTreated: u < 15 ? 3 : 0,
			outcome: u + period + (u < 15 && period >= 3 ? 5 : 0) + 0.1 * random.normal(),
			covariates: []
		}))
	);
	test('one start: staggered estimator, fixed effects and the plain double difference meet', () => {
		const panel = panelFrom(rows, []);
		const effects = callawaySantAnna(panel, 'never');
		expect(effects.groupOverall.estimate).toBeCloseTo(5, 0);
		expect(twoWayFixedEffects(panel).estimate).toBeCloseTo(5, 0);
		expect(effects.cells.map((c) => [c.group, c.time])).toEqual([
			[3, 2],
			[3, 3],
			[3, 4]
		]);
	});
	test('gaps, early starters and later starts are counted and placed', () => {
		const panel = panelFrom(
			[
				...rows.filter((r) => !(r.unit === 'u20' && r.period === 2)),
				{ unit: 'early', period: 1, firstTreated: 1, outcome: 0, covariates: [] },
				...[1, 2, 3, 4].map((period) => ({ unit: 'late', period, firstTreated: 9, outcome: period, covariates: [] }))
			],
			[]
		);
		expect(panel).toMatchObject({ incomplete: 1, alwaysTreated: 1 });
		expect(panel.firstTreated[panel.units.indexOf('late')]).toBe(0);
	});
	test('one period is no panel', () => {
		expect(() =>
			panelFrom(
				rows.filter((r) => r.period === 1),
				[]
			)
		).toThrow(/two periods/);
	});
});

describe('probability of superiority', () => {
	test('counts wins and half of the ties', () => {
		expect(superiority([2, 3, 4], [1, 3]).probability).toBeCloseTo((1 + 1.5 + 2) / 6, 12);
	});
	test('turns to its complement when the groups are swapped', () => {
		const a = superiority([1, 5, 3, 3, 2], [2, 2, 4, 1]);
		const b = superiority([2, 2, 4, 1], [1, 5, 3, 3, 2]);
		expect(a.probability + b.probability).toBeCloseTo(1, 12);
		expect(a.se).toBeCloseTo(b.se, 12);
	});
});
