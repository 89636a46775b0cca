import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levelsAt, periodEnds } from './moments.ts';
import { SOURCES, strongest } from './rules.ts';

const now = new Date('2026-11-24T03:00:00Z');

test('ends of months and quarters before today, then today', () => {
	expect(periodEnds(now, '2026-11-24', 1, 4).map(({ day }) => day)).toEqual(['2026-08-31', '2026-09-30', '2026-10-31', '2026-11-24']);
	expect(periodEnds(now, '2026-11-24', 3, 8).map(({ day }) => day)).toEqual([
		'2025-03-31',
		'2025-06-30',
		'2025-09-30',
		'2025-12-31',
		'2026-03-31',
		'2026-06-30',
		'2026-09-30',
		'2026-11-24'
	]);
	// a leap February, and a day that is an end itself
	expect(periodEnds(now, '2028-03-31', 1, 3).map(({ day }) => day)).toEqual(['2028-01-31', '2028-02-29', '2028-03-31']);
	expect(periodEnds(now, '2026-11-24', 3, 2)[0]!.at.toISOString()).toBe('2026-09-30T16:59:59.999Z');
	expect(periodEnds(now, '2026-11-24', 3, 2)[1]!.at).toBe(now);
});

test('moments go forward, each the last day of its month, and lie before today', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 20_000 }),
			fc.constantFrom<1 | 3>(1, 3),
			fc.integer({ min: 1, max: 24 }),
			(days, months, count) => {
				const today = new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
				const moments = periodEnds(now, today, months, count).map(({ day }) => day);
				expect(moments).toHaveLength(count);
				expect(moments.at(-1)).toBe(today);
				expect(moments).toEqual([...new Set(moments)].sort());
				for (const day of moments.slice(0, -1)) {
					const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
					expect(next.getUTCDate()).toBe(1);
					expect(next.getUTCMonth() % months).toBe(0);
				}
			}
		)
	);
});

test('a level at a moment is the one of the rules on that day, and what came later does not change it', () => {
	const rating = fc.record({
		id: fc.uuid(),
		level: fc.integer({ min: 1, max: 5 }),
		source: fc.constantFrom(...SOURCES),
		ratedAt: fc.date({ min: new Date('2025-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
		validUntil: fc.option(fc.constantFrom('2025-12-31', '2026-03-31', '2026-06-15', '2027-01-01'))
	});
	const moments = periodEnds(now, '2026-11-24', 1, 13);
	fc.assert(
		fc.property(fc.array(rating, { maxLength: 10 }), fc.nat(12), (ratings, n) => {
			const levels = levelsAt(ratings, moments);
			const { at, day } = moments[n]!;
			expect(levels[n]).toBe(strongest(ratings, at, day)?.level ?? null);
			expect(
				levelsAt(
					ratings.filter((one) => one.ratedAt <= at),
					moments
				)[n]
			).toBe(levels[n]);
		})
	);
});
