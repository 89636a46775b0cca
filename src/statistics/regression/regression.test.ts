import { describe, expect, test } from 'vitest';
import { seeded } from '../random.ts';
import { anovaIcc } from './anovaIcc.ts';
import { clusteredSe, cr2 } from './clustered.ts';
import { clustersFrom } from './clusters.ts';
import { lin } from './lin.ts';
import { coefficient, ols, positionOf } from './ols.ts';
import { robustSe } from './robust.ts';

const random = seeded(3);
const n = 40;
const x = { name: 'x', values: Float64Array.from({ length: n }, () => random.normal()) };
const d = { name: 'd', values: Float64Array.from({ length: n }, (_, i) => i % 2) };
const y = Float64Array.from({ length: n }, (_, i) => 1 + 2 * d.values[i]! + x.values[i]! + random.normal() * (1 + d.values[i]!));

describe('least squares', () => {
	test('collinear later columns are dropped by name, the estimates stay', () => {
		const twice = { name: 'twice', values: x.values.map((v) => 2 * v - 3) };
		const fit = ols({ outcome: y, columns: [d, x, twice] });
		expect(fit.droppedNames).toEqual(['twice']);
		expect(coefficient(fit, 'd')).toBeCloseTo(coefficient(ols({ outcome: y, columns: [d, x] }), 'd'), 10);
		expect(() => positionOf(fit, 'twice')).toThrow(/dropped/);
	});
	test('NaN, ragged columns and too few rows are refused', () => {
		expect(() => ols({ outcome: Float64Array.of(1, NaN, 2), columns: [] })).toThrow(/not a finite/);
		expect(() => ols({ outcome: y, columns: [{ name: 'short', values: Float64Array.of(1) }] })).toThrow(/another length/);
		expect(() => ols({ outcome: Float64Array.of(1, 2), columns: [{ name: 'a', values: Float64Array.of(0, 1) }] })).toThrow(/cannot carry/);
	});
	test('whole weights are repeated rows', () => {
		const weights = Float64Array.from({ length: n }, (_, i) => 1 + (i % 3));
		const index = Array.from(weights).flatMap((w, i) => new Array<number>(w).fill(i));
		const repeated = ols({
			outcome: Float64Array.from(index, (i) => y[i]!),
			columns: [{ name: 'd', values: Float64Array.from(index, (i) => d.values[i]!) }]
		});
		const weighted = ols({ outcome: y, columns: [d], weights });
		expect(weighted.coefficients[1]).toBeCloseTo(repeated.coefficients[1]!, 12);
		expect(weighted.r2).toBeCloseTo(repeated.r2, 12);
	});
	test('HC2 of a difference in means is Neyman’s variance', () => {
		const fit = ols({ outcome: y, columns: [d] });
		const part = (a: number) => {
			const values = y.filter((_, i) => d.values[i] === a);
			const m = values.reduce((s, v) => s + v, 0) / values.length;
			return values.reduce((s, v) => s + (v - m) ** 2, 0) / (values.length - 1) / values.length;
		};
		expect(robustSe(fit, 1, 'HC2')).toBeCloseTo(Math.sqrt(part(1) + part(0)), 12);
	});
	test('Lin’s interaction leaves the estimate at the difference of two regressions, averaged', () => {
		const fit = lin(y, d, [x]);
		const arm = (a: number) => {
			const pick = (v: Float64Array) => v.filter((_, i) => d.values[i] === a);
			const part = ols({ outcome: pick(y), columns: [{ name: 'x', values: pick(x.values) }] });
			const centre = x.values.reduce((s, v) => s + v, 0) / n;
			return part.coefficients[0]! + part.coefficients[1]! * centre;
		};
		expect(coefficient(fit, 'd')).toBeCloseTo(arm(1) - arm(0), 10);
	});
});

describe('clustered variances', () => {
	test('with every row its own cluster, CR2 is HC2 and CR1S is HC1', () => {
		const fit = ols({ outcome: y, columns: [d, x] });
		const single = clustersFrom(Array.from({ length: n }, (_, i) => i));
		expect(cr2(fit, 1, single).se).toBeCloseTo(robustSe(fit, 1, 'HC2'), 12);
		expect(clusteredSe(fit, 1, single, 'CR1S')).toBeCloseTo(robustSe(fit, 1, 'HC1'), 12);
	});
	test('equal clusters, assigned whole: Satterthwaite df are clusters less two', () => {
		const unit = Array.from({ length: n }, (_, i) => Math.floor(i / 4));
		const z = { name: 'z', values: Float64Array.from(unit, (u) => u % 2) };
		const fit = ols({ outcome: y, columns: [z] });
		expect(cr2(fit, 1, clustersFrom(unit)).df).toBeCloseTo(8, 8);
	});
	test('small and large clusters take the same road to the same answer', () => {
		// Ten columns make four-row clusters "small"; padding the model with an orthogonal zero effect must not matter.
		const unit = Array.from({ length: n }, (_, i) => i % 10);
		const dummies = Array.from({ length: 9 }, (_, g) => ({ name: `u${g}`, values: Float64Array.from(unit, (u) => (u === g ? 1 : 0)) }));
		const within = ols({ outcome: y, columns: [x, ...dummies] });
		const robust = cr2(within, 1, clustersFrom(unit));
		expect(robust.df).toBeGreaterThan(3);
		expect(robust.df).toBeLessThan(10);
		const demeaned = (v: Float64Array) =>
			v.map((value, i) => value - v.filter((_, j) => unit[j] === unit[i]).reduce((s, w) => s + w, 0) / 4);
		const alone = ols({ outcome: demeaned(y), columns: [{ name: 'x', values: demeaned(x.values) }] });
		expect(within.coefficients[1]).toBeCloseTo(alone.coefficients[1]!, 10);
		// Fixed effects are fitted exactly inside each cluster, so only the slope's leverage is left to correct.
		expect(robust.se).toBeCloseTo(cr2(alone, 1, clustersFrom(unit)).se, 8);
	});
	test('one cluster is refused', () => {
		expect(() => clustersFrom(['a', 'a'])).toThrow(/two clusters/);
	});
});

describe('intraclass correlation', () => {
	test('of the textbook layout', () => {
		// Two groups of three: MSB = 13.5, MSW = 1, so (13.5 − 1)/(13.5 + 2).
		expect(anovaIcc([1, 2, 3, 4, 5, 6], clustersFrom(['a', 'a', 'a', 'b', 'b', 'b']))).toBeCloseTo(12.5 / 15.5, 12);
	});
	test('is 0, not negative, when groups agree more than chance', () => {
		expect(anovaIcc([1, 5, 9, 1, 5, 9], clustersFrom(['a', 'a', 'a', 'b', 'b', 'b']))).toBe(0);
	});
});
