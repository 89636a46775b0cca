import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import type { EvaluationResult } from './result.ts';
import type { EvaluationRow } from './rows.ts';
import {
	COMPARISON_PLAN,
	comparisonRows,
	LOTTERY_PLAN,
	lotteryRows,
	STAGGERED_PLAN,
	staggeredRows,
	UNIT_PLAN,
	unitRows
} from './worlds.ts';

/** What must not matter: the order of rows, the unit of measurement, and which arm is called treated. */
const DESIGNS = {
	A1: {
		plan: { ...LOTTERY_PLAN, draws: 199 },
		rows: (seed: number) => lotteryRows({ perArm: 30, effect: 3, seed, lost: { treated: 0.1, comparison: 0.1 } }),
		outcome: 'post'
	},
	A2: {
		plan: { ...UNIT_PLAN, draws: 199 },
		rows: (seed: number) => unitRows({ unitsPerArm: 6, size: 6, icc: 0.2, effect: 3, seed }),
		outcome: 'post'
	},
	B: {
		plan: { ...COMPARISON_PLAN, draws: 199 },
		rows: (seed: number) => comparisonRows({ treated: 40, comparison: 60, effect: 3, seed }),
		outcome: 'post'
	},
	C: { plan: STAGGERED_PLAN, rows: (seed: number) => staggeredRows({ units: 40, periods: 7, effect: 2, seed }), outcome: 'index' }
} as const;
type Name = keyof typeof DESIGNS;
const cases = fc.record({ name: fc.constantFrom<Name>('A1', 'A2', 'B', 'C'), seed: fc.integer({ min: 1, max: 1e6 }) });
const close = (a: number | null, b: number | null, factor = 1) => {
	if (a === null || b === null) return expect(a).toBe(b);
	expect(Math.abs(a - b * factor)).toBeLessThanOrEqual(1e-7 * Math.max(Math.abs(a), Math.abs(b * factor), 1e-6));
};

test('the order of rows changes no byte but the data hash', () => {
	fc.assert(
		fc.property(cases, fc.integer({ min: 1, max: 1000 }), ({ name, seed }, step) => {
			const { plan, rows } = DESIGNS[name];
			const inOrder = rows(seed);
			const shuffled = [...inOrder]
				.map((row, i) => ({ row, key: ((i + 1) * step * 7919) % 10007 }))
				.sort((a, b) => a.key - b.key)
				.map((r) => r.row);
			const without = (r: EvaluationResult) => ({ ...r, dataHash: '' });
			expect(without(evaluate(plan, shuffled))).toEqual(without(evaluate(plan, inOrder)));
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 1500 : 25 }
	);
});

test('the unit of measurement scales numbers and leaves the verdict', () => {
	fc.assert(
		fc.property(cases, fc.constantFrom(0.001, 0.25, 12, 10000), ({ name, seed }, factor) => {
			const { plan, rows, outcome } = DESIGNS[name];
			const plain = evaluate(plan, rows(seed));
			const scaled = evaluate(
				{ ...plan, delta: plan.delta * factor },
				rows(seed).map((r) => ({
					...r,
					[outcome]: r[outcome] === null ? null : (r[outcome] as number) * factor,
					...(name === 'C' ? {} : { pre: (r.pre as number) * factor })
				}))
			);
			expect([scaled.verdict, scaled.qualifier, scaled.rating, scaled.reasons, scaled.moreNeeded]).toEqual([
				plain.verdict,
				plain.qualifier,
				plain.rating,
				plain.reasons,
				plain.moreNeeded
			]);
			close(scaled.estimate, plain.estimate, factor);
			close(scaled.se, plain.se, factor);
			close(scaled.df, plain.df);
			close(scaled.ci95?.[0] ?? null, plain.ci95?.[0] ?? null, factor);
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 1500 : 25 }
	);
});

test('swapping the arms of a lottery turns the sign and nothing else', () => {
	fc.assert(
		fc.property(fc.constantFrom<'A1' | 'A2'>('A1', 'A2'), fc.integer({ min: 1, max: 1e6 }), (name, seed) => {
			const { plan, rows } = DESIGNS[name];
			const columns = { ...plan.columns, attended: null };
			const swapped = (r: EvaluationRow) => ({ ...r, assigned: 1 - (r.assigned as number) });
			const a = evaluate({ ...plan, columns }, rows(seed));
			const b = evaluate({ ...plan, columns }, rows(seed).map(swapped));
			close(b.estimate, a.estimate, -1);
			close(b.se, a.se);
			if (a.intervalMethod === 't' && b.intervalMethod === 't') {
				close(b.ci95![0], a.ci95![1], -1);
				const turned = { EFFECTIVE: 'HARMFUL', HARMFUL: 'EFFECTIVE' } as Record<string, string>;
				expect(b.verdict).toBe(turned[a.verdict] ?? a.verdict);
			}
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 1500 : 25 }
	);
});

test('adding a constant to every outcome changes no estimate', () => {
	fc.assert(
		fc.property(cases, fc.double({ min: -500, max: 500, noNaN: true }), ({ name, seed }, shift) => {
			const { plan, rows, outcome } = DESIGNS[name];
			const moved = rows(seed).map((r) => ({ ...r, [outcome]: r[outcome] === null ? null : (r[outcome] as number) + shift }));
			const a = evaluate(plan, rows(seed));
			const b = evaluate(plan, moved);
			close(b.estimate, a.estimate);
			close(b.se, a.se);
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 1500 : 25 }
	);
});
