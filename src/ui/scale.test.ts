import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart, axisOf, decimalsOf, divergence, niceStep, scale } from './scale.ts';

test('a scale runs from edge to edge, and a single value does not divide by zero', () => {
	const x = scale(-4, 10);
	expect(x(-4)).toBe(3);
	expect(x(10)).toBe(97);
	expect(x(3)).toBeCloseTo(50);
	expect(scale(5, 5)(5)).toBe(3);
});

test('marks are round, written with the decimals they need', () => {
	expect(axisOf([-3.45, 3.45, 5.5, 7.5], 7).marks).toEqual([-4, -2, 0, 2, 4, 6, 8]);
	expect(axisOf([0.1, 0.3], 4).marks).toEqual([0.1, 0.15, 0.2, 0.25, 0.3]);
	expect([0.05, 0.5, 1, 20].map(decimalsOf)).toEqual([2, 1, 0, 0]);
	expect(niceStep(13, 5)).toBe(5);
});

test('every axis holds its values and has a handful of marks', () => {
	const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Math.round(x * 1e4) / 1e4);
	fc.assert(
		fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
			const { minimum, maximum, marks } = axisOf(values);
			const slack = (maximum - minimum) * 1e-9;
			expect(minimum).toBeLessThanOrEqual(Math.min(...values) + slack);
			expect(maximum).toBeGreaterThanOrEqual(Math.max(...values) - slack);
			expect(marks.length).toBeGreaterThanOrEqual(2);
			expect(marks.length).toBeLessThanOrEqual(14);
			expect(new Set(marks).size).toBe(marks.length);
		})
	);
});

test('labels that would touch move apart equally and keep their order', () => {
	expect(apart(100, 110, 32)).toEqual([89, 121]);
	expect(apart(110, 100, 32)).toEqual([121, 89]);
	expect(apart(10, 80, 32)).toEqual([10, 80]);
});

test('the colour of a gap follows the legend', () => {
	expect([-1.3, -1, -0.8, -0.5, -0.4, 0, 0.2, 0.25, 0.4, 0.5].map(divergence)).toEqual([
		'n2',
		'n2',
		'n1',
		'n1',
		'0',
		'0',
		'0',
		'p1',
		'p1',
		'p2'
	]);
});
