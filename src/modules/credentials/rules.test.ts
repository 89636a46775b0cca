import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	certificateNumber,
	codeFrom,
	creditOf,
	jpWindow,
	jpYear,
	missingQuantity,
	readCode,
	roundedJp,
	writtenCode,
	type JpFacts,
	type JpRule
} from './rules.ts';

const rule = (change: Partial<JpRule>): JpRule => ({
	basis: 'program',
	national_jp: null,
	international_jp: null,
	international_multiplier: null,
	cap: null,
	...change
});
const facts = (change: Partial<JpFacts> = {}): JpFacts => ({
	programmeJp: 24,
	daysAttended: 4,
	daysCreditedBefore: 0,
	activitiesThisMonth: 0,
	international: false,
	...change
});
const jp = (r: Partial<JpRule>, f: Partial<JpFacts> = {}) => creditOf(rule(r), facts(f)).jp;

test('a programme brings the JP of its curriculum, an international one a fifth more', () => {
	expect(jp({ international_multiplier: 1.2 })).toBe(24);
	expect(jp({ international_multiplier: 1.2 }, { international: true })).toBe(28.8);
	expect(jp({}, { international: true })).toBe(24); // leadership training has no international variant
	expect(creditOf(rule({}), facts({ programmeJp: null })).reason.kind).toBe('no_programme_jp');
});

test('days and activities have an international value of their own, never the fifth', () => {
	const workshop = { basis: 'per_day', national_jp: 5, international_jp: 7, international_multiplier: 1.2 } as const;
	expect([jp(workshop), jp(workshop, { international: true })]).toEqual([20, 28]);
	expect(jp({ basis: 'per_activity', national_jp: 20, international_jp: 24 }, { international: true })).toBe(24);
	expect(jp({ basis: 'per_day', national_jp: 2 }, { international: true })).toBe(8);
});

test('coaching counts twice a month, self-study two JP a day and no day twice', () => {
	const coaching = { basis: 'per_activity', national_jp: 2, cap: { count: 2, period: 'bulan' } } as const;
	expect([0, 1, 2, 3].map((activitiesThisMonth) => jp(coaching, { activitiesThisMonth }))).toEqual([2, 2, 0, 0]);
	expect(creditOf(rule(coaching), facts({ activitiesThisMonth: 2 })).reason.overCap).toBe(1);
	const selfStudy = { basis: 'per_day', national_jp: 3, cap: { count: 2, period: 'hari', as: 'jp' } } as const;
	expect(jp(selfStudy)).toBe(8);
	expect(creditOf(rule(selfStudy), facts({ daysCreditedBefore: 3 }))).toMatchObject({
		jp: 2,
		quantity: 1,
		reason: { overCap: 3, unitJp: 2 }
	});
});

test('study leave is no JP, and a form without a value credits nothing rather than a guess', () => {
	expect(creditOf(rule({ basis: 'not_jp' }), facts())).toMatchObject({ jp: 0, reason: { kind: 'not_jp' } });
	expect(creditOf(rule({ basis: 'local' }), facts())).toMatchObject({ jp: 0, reason: { kind: 'no_value' } });
});

test('JP are never negative, have two decimals, and grow with the days attended', () => {
	const anyRule = fc.record({
		basis: fc.constantFrom('program' as const, 'per_day' as const, 'per_activity' as const, 'not_jp' as const, 'local' as const),
		national_jp: fc.option(fc.double({ min: 0.5, max: 40, noNaN: true })),
		international_jp: fc.option(fc.double({ min: 0.5, max: 40, noNaN: true })),
		international_multiplier: fc.option(fc.constant(1.2)),
		cap: fc.option(fc.constantFrom({ count: 2, period: 'bulan' as const }, { count: 2, period: 'hari' as const, as: 'jp' as const }))
	});
	fc.assert(
		fc.property(anyRule, fc.nat(60), fc.nat(60), fc.nat(5), fc.boolean(), (r, daysAttended, before, activitiesThisMonth, international) => {
			const given = {
				programmeJp: 12.345,
				daysAttended,
				daysCreditedBefore: Math.min(before, daysAttended),
				activitiesThisMonth,
				international
			};
			const credit = creditOf(r, given).jp;
			expect(credit).toBeGreaterThanOrEqual(0);
			expect(roundedJp(credit)).toBe(credit);
			expect(creditOf(r, { ...given, daysAttended: daysAttended + 1 }).jp).toBeGreaterThanOrEqual(credit);
		})
	);
});

test('PNS count by calendar year, PPPK by the year of their contract', () => {
	expect(jpWindow('PNS', '2015-03-01', 2026)).toEqual({ from: '2026-01-01', to: '2026-12-31', kind: 'calendar' });
	expect(jpWindow('PPPK', '2024-06-15', 2026)).toEqual({ from: '2026-06-15', to: '2027-06-14', kind: 'contract' });
	expect(jpWindow('PPPK', '2024-02-29', 2026)).toEqual({ from: '2026-03-01', to: '2027-02-28', kind: 'contract' });
	expect(jpWindow('PPPK', null, 2026).kind).toBe('calendar');
	expect(jpYear('PPPK', '2024-06-15', '2026-06-14')).toBe(2025);
});

test('every day lies in exactly one year of a contract', () => {
	const day = fc.integer({ min: 0, max: 12_000 }).map((n) => new Date(Date.UTC(2000, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
	fc.assert(
		fc.property(day, day, (contract, at) => {
			const year = jpYear('PPPK', contract, at);
			const holding = [year - 1, year, year + 1].filter(
				(y) => jpWindow('PPPK', contract, y).from <= at && at <= jpWindow('PPPK', contract, y).to
			);
			expect(holding).toEqual([year]);
		})
	);
});

test('a code survives being read out and typed', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
			const code = codeFrom(bytes);
			expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
			expect(readCode(` ${writtenCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `)).toBe(code);
		})
	);
	expect([readCode('0421/SERT/BPSDM/2026'), readCode(''), readCode('ABCDEFGHJKM')]).toEqual([undefined, undefined, undefined]);
});

test('numbers follow the template of the institution; a draft must say what its form counts', () => {
	expect(certificateNumber('{number}/SERT/BPSDM-JAMBI/{year}', 1, 2026)).toBe('0001/SERT/BPSDM-JAMBI/2026');
	expect(missingQuantity({ basis: 'program' }, { days: 3 })).toBe('programmeJp');
	expect(missingQuantity({ basis: 'per_day' }, { programmeJp: 3 })).toBe('days');
	expect(missingQuantity({ basis: 'per_activity' }, { programmeJp: 3 })).toBeUndefined();
});
