import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '#statistics';
import { compareShares } from './comparison.ts';

test('few people are never told apart from few, many are', () => {
	const few = compareShares([
		{ assessed: 6, withGap: 5 },
		{ assessed: 6, withGap: 2 },
		{ assessed: 0, withGap: 0 }
	]);
	expect(few.map((row) => row?.apartFrom ?? null)).toEqual([[], [], null]);
	expect(few[0]!.share).toBeCloseTo(0.8333, 4);
	const many = compareShares([
		{ assessed: 200, withGap: 150 },
		{ assessed: 200, withGap: 60 },
		{ assessed: 12, withGap: 6 }
	]);
	expect(many.map((row) => row!.apartFrom)).toEqual([[1], [0], []]);
});

test('being told apart is mutual, goes with the shares, and more units at once never tell more of the same two', () => {
	const unit = fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => ({ assessed: Math.max(a, b), withGap: Math.min(a, b) }));
	fc.assert(
		fc.property(fc.array(unit, { minLength: 2, maxLength: 12 }), unit, (units, another) => {
			const found = compareShares(units);
			const wider = compareShares([...units, another]);
			for (const [i, row] of found.entries())
				for (const j of row?.apartFrom ?? []) {
					expect(found[j]!.apartFrom).toContain(i);
					expect(found[j]!.share).not.toBe(row!.share);
				}
			for (const [i, row] of wider.slice(0, -1).entries())
				for (const j of row?.apartFrom ?? []) if (j < units.length) expect(found[i]!.apartFrom).toContain(j);
		})
	);
});

test('when all units are alike, a picture tells some apart in at most one of twenty', () => {
	const random = seeded(20_261_124);
	const rounds = 1500;
	for (const [units, assessed, share] of [
		[4, 15, 0.5],
		[12, 40, 0.3],
		[25, 20, 0.15]
	] as const) {
		let wrong = 0;
		for (let round = 0; round < rounds; round++) {
			const rows = Array.from({ length: units }, () => ({
				assessed,
				withGap: Array.from({ length: assessed }, () => random.uniform()).filter((one) => one < share).length
			}));
			if (compareShares(rows).some((row) => row!.apartFrom.length > 0)) wrong++;
		}
		expect(wrong / rounds, `${units} units of ${assessed}`).toBeLessThan(0.05);
	}
});
