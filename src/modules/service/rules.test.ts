import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf, respondentsNeeded, serviceIndex } from './rules.ts';

const bands = [
	{ grade: 'D', label: '', indexMin: 25 },
	{ grade: 'C', label: '', indexMin: 65 },
	{ grade: 'B', label: '', indexMin: 76.61 },
	{ grade: 'A', label: '', indexMin: 88.31 }
];

test('88.305 is exact, rounds up and earns an A', () => {
	// nine means whose sum is 17661/200 × 9/25 = 31.7898: 1000 respondents an element
	const elements = [3532, 3532, 3532, 3532, 3532, 3532, 3532, 3533, 3532.8].map((sum) => ({ sum: Math.round(sum * 10), count: 10_000 }));
	const index = serviceIndex(elements)!;
	expect(index).toBe(88.31);
	expect(bandOf(index, bands)?.grade).toBe('A');
});

test('weights are exact ninths: 0.11 would give 99 for a perfect unit', () => {
	expect(serviceIndex(Array.from({ length: 9 }, () => ({ sum: 40, count: 10 })))).toBe(100);
});

test('an element nobody answered leaves the index unknown', () => {
	expect(serviceIndex([...Array.from({ length: 8 }, () => ({ sum: 40, count: 10 })), { sum: 0, count: 0 }])).toBeUndefined();
});

test('the index stays within 25–100 and grows with any better answer', () => {
	const element = fc
		.integer({ min: 1, max: 500 })
		.chain((count) => fc.record({ count: fc.constant(count), sum: fc.integer({ min: count, max: 4 * count }) }));
	fc.assert(
		fc.property(fc.array(element, { minLength: 9, maxLength: 9 }), (elements) => {
			const index = serviceIndex(elements)!;
			expect(index).toBeGreaterThanOrEqual(25);
			expect(index).toBeLessThanOrEqual(100);
			const better = elements.map((item, i) => (i === 0 ? { ...item, sum: item.count * 4 } : item));
			expect(serviceIndex(better)!).toBeGreaterThanOrEqual(index);
		})
	);
});

test('the printed table of Krejcie and Morgan', () => {
	expect([10, 100, 1000, 9000, 1_000_000].map(respondentsNeeded)).toEqual([10, 80, 278, 368, 384]);
});
