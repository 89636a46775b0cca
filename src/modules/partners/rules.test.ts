import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backingObstacle, coversDays } from './rules.ts';

const agreement = { signed_on: '2026-01-10', valid_until: '2026-12-31' };
const held = { starts_on: '2026-03-02', ends_on: '2026-03-06' };

test('an accepted offer under a valid agreement may stand behind a class', () => {
	expect(backingObstacle({ state: 'accepted', agreement, seatsLeft: 20 }, held, 20)).toBeUndefined();
});

test('every missing piece is named, the first one first', () => {
	expect(backingObstacle({ state: 'offered', agreement: null, seatsLeft: 0 }, held, 1)).toBe('partners_refusal_not_accepted');
	expect(backingObstacle({ state: 'accepted', agreement: null, seatsLeft: 0 }, held, 1)).toBe('partners_refusal_no_agreement');
	expect(backingObstacle({ state: 'accepted', agreement, seatsLeft: 0 }, { ...held, ends_on: '2027-01-01' }, 1)).toBe(
		'partners_refusal_agreement_days'
	);
	expect(backingObstacle({ state: 'accepted', agreement, seatsLeft: 3 }, held, 4)).toBe('partners_refusal_seats');
});

test('an agreement covers exactly the days between signing and end', () => {
	const day = fc.integer({ min: 0, max: 3000 }).map((n) => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
	fc.assert(
		fc.property(day, day, (a, b) => {
			const [from, to] = a <= b ? [a, b] : [b, a];
			expect(coversDays(agreement, from, to)).toBe(from >= agreement.signed_on && to <= agreement.valid_until);
		})
	);
});
