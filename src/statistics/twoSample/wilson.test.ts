import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilson } from './wilson.ts';

test('agrees with published values', () => {
	// Newcombe 1998, Statistics in Medicine 17, table I, method 3
	const known: [number, number, number, number][] = [
		[81, 263, 0.2553, 0.3662],
		[15, 148, 0.0624, 0.1605],
		[0, 20, 0, 0.1611],
		[1, 29, 0.0061, 0.1718]
	];
	for (const [count, of, low, high] of known) {
		const found = wilson(count, of)!;
		expect(found[0]).toBeCloseTo(low, 4);
		expect(found[1]).toBeCloseTo(high, 4);
	}
	expect(wilson(0, 0)).toBeNull();
});

test('holds the share, stays within 0 and 1, mirrors, and narrows with more cases', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (of, seed) => {
			const count = seed % (of + 1);
			const [low, high] = wilson(count, of)!;
			const [mirroredLow, mirroredHigh] = wilson(of - count, of)!;
			const [moreLow, moreHigh] = wilson(count * 4, of * 4)!;
			expect(low).toBeGreaterThanOrEqual(0);
			expect(high).toBeLessThanOrEqual(1);
			expect(low).toBeLessThanOrEqual(count / of);
			expect(high).toBeGreaterThanOrEqual(count / of);
			expect(mirroredLow).toBeCloseTo(1 - high, 10);
			expect(mirroredHigh).toBeCloseTo(1 - low, 10);
			expect(moreHigh - moreLow).toBeLessThan(high - low);
			expect(wilson(count, of, 0.99)![1]).toBeGreaterThanOrEqual(high);
		})
	);
});
