import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	gapOf,
	hiddenCells,
	inJobPersonMatch,
	jobPersonMatch,
	jpmCategory,
	lastDay,
	nextRung,
	SOURCES,
	standardOf,
	strongest,
	type JpmPurpose,
	type Rating
} from './rules.ts';

const at = new Date('2026-11-24T03:00:00Z');
const rating = (id: string, source: Rating['source'], ratedAt: string, level: number, validUntil: string | null = null): Rating => ({
	id,
	source,
	level,
	ratedAt: new Date(ratedAt),
	validUntil
});

test('an old assessment that is still valid counts before a new word of the superior', () => {
	const assessment = rating('1', 'assessment_centre', '2024-03-01', 2, '2027-03-01');
	const superior = rating('2', 'superior', '2026-11-01', 4, '2027-11-01');
	expect(strongest([superior, assessment], at, '2026-11-24')).toBe(assessment);
	expect(strongest([superior, { ...assessment, validUntil: '2026-11-23' }], at, '2026-11-24')).toBe(superior);
	expect(strongest([superior, { ...assessment, validUntil: '2026-11-24' }], at, '2026-11-24')!.id).toBe('1');
});

test('of one source the newest counts, and none from the future', () => {
	const [first, second, tomorrow] = [
		rating('1', 'superior', '2026-05-01', 1),
		rating('2', 'superior', '2026-06-01', 2),
		rating('3', 'superior', '2026-11-25', 5)
	];
	expect(strongest([second, tomorrow, first], at, '2026-11-24')).toBe(second);
	expect(strongest([], at, '2026-11-24')).toBeUndefined();
});

test('a gap is never below zero, and unknown is not zero', () => {
	expect([gapOf(3, 1), gapOf(3, 3), gapOf(3, 5)]).toEqual([2, 0, 0]);
	expect([gapOf(3, null), gapOf(null, 3)]).toEqual([null, null]);
});

test('the post before the rung; an ended version of the post gives way to the rung, not to an older version', () => {
	const own = { postRef: 'p', rung: null, level: 4, validFrom: '2025-01-01', validTo: null };
	const common = { postRef: null, rung: 'ahli_muda', level: 3, validFrom: '2018-01-01', validTo: null };
	const post = { postRef: 'p', rung: 'ahli_muda' };
	expect(standardOf([common, own], post, '2026-01-01')).toBe(own);
	expect(standardOf([common, own], post, '2024-12-31')).toBe(common);
	const newer = { ...own, level: 2, validFrom: '2026-01-01', validTo: '2026-06-30' };
	expect(standardOf([common, own, newer], post, '2026-06-30')).toBe(newer);
	expect(standardOf([common, own, newer], post, '2026-07-01')).toBe(common);
	expect(standardOf([own], { postRef: null, rung: 'ahli_muda' }, '2026-01-01')).toBeUndefined();
});

test('validity ends on the same day of the month, or on the last there is', () => {
	expect(lastDay('2026-11-24', 12)).toBe('2027-11-24');
	expect(lastDay('2028-02-29', 12)).toBe('2029-02-28');
	expect(lastDay('2026-12-31', 2)).toBe('2027-02-28');
});

test('a match is shown with and without surplus, and not at all while a level is unknown', () => {
	expect(
		jobPersonMatch([
			{ required: 3, actual: 2 },
			{ required: 3, actual: 4 }
		])
	).toEqual({ withSurplus: 100, withoutSurplus: (5 * 100) / 6 });
	expect(jobPersonMatch([{ required: 3, actual: null }])).toBeNull();
	expect(jobPersonMatch([])).toBeNull();
});

test('the same number has two names, by purpose (reference/jpm-categories.json)', () => {
	const reference = JSON.parse(readFileSync('reference/jpm-categories.json', 'utf8')) as {
		rows: { purpose: JpmPurpose; code: string; min: number }[];
	};
	const categories = reference.rows.map((row) => ({ purpose: row.purpose, code: row.code, minimum: row.min }));
	const codes = (match: number) => [
		jpmCategory(categories, 'pengisian_jabatan', match)!.code,
		jpmCategory(categories, 'pemetaan', match)!.code
	];
	expect(codes(90)).toEqual(['MS', 'O']);
	expect(codes(89.99)).toEqual(['MS', 'CO']);
	expect(codes(79.99)).toEqual(['MMS', 'CO']);
	expect(codes(78)).toEqual(['MMS', 'CO']);
	expect(codes(77.99)).toEqual(['MMS', 'KO']);
	expect(codes(67.99)).toEqual(['KMS', 'KO']);
	expect(codes(0)).toEqual(['KMS', 'KO']);
});

test('leaving the surplus out never raises a match', () => {
	const rows = fc.array(fc.record({ required: fc.integer({ min: 1, max: 5 }), actual: fc.integer({ min: 1, max: 5 }) }), { minLength: 1 });
	fc.assert(
		fc.property(rows, (levels) => {
			const match = jobPersonMatch(levels)!;
			expect(match.withoutSurplus).toBeLessThanOrEqual(match.withSurplus);
			expect(match.withoutSurplus).toBeLessThanOrEqual(100);
			expect(match.withoutSurplus === 100).toBe(levels.every((row) => gapOf(row.required, row.actual) === 0));
		})
	);
});

test('hidden cells cannot be had by subtraction: together they hold nobody or five and more, as far as there are others', () => {
	expect([...hiddenCells([14, 3, 8, 0])].sort()).toEqual([1, 2]);
	expect([...hiddenCells([14, 3, 2, 8])].sort()).toEqual([1, 2]);
	expect(hiddenCells([14, 8, 0]).size).toBe(0);
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 12 })), (counts) => {
			const hidden = hiddenCells(counts);
			for (const [index, count] of counts.entries()) if (count > 0 && count < 5) expect(hidden.has(index)).toBe(true);
			const people = counts.filter((_, index) => hidden.has(index)).reduce((sum, count) => sum + count, 0);
			const shown = counts.filter((count, index) => count > 0 && !hidden.has(index)).length;
			if (hidden.size > 0 && shown > 0) expect(people).toBeGreaterThanOrEqual(5);
		})
	);
});

test('the order of sources is the order of strength in the database', () => {
	const migration = readFileSync('migrations/0040_competency_base.sql', 'utf8');
	const strengths = [...migration.matchAll(/when '(\w+)' then (\d)/g)].sort((a, b) => Number(b[2]) - Number(a[2])).map((match) => match[1]);
	expect([...strengths, 'self']).toEqual([...SOURCES]);
});

test('one rung up in the same line, and none above the highest', () => {
	expect(['pelaksana', 'administrator', 'terampil', 'ahli_muda'].map(nextRung)).toEqual(['pengawas', 'jpt_pratama', 'mahir', 'ahli_madya']);
	expect(['jpt_utama', 'penyelia', 'ahli_utama', 'tidak_ada', null].map(nextRung)).toEqual([null, null, null, null, null]);
	const { rows } = JSON.parse(readFileSync('reference/common-standard.json', 'utf8')) as { rows: { rung: string; level: number }[] };
	const level = new Map(rows.map((row) => [row.rung, row.level]));
	// a rung above never asks less, and every rung of a line has a common level
	for (const { rung } of rows) {
		const above = nextRung(rung);
		if (above !== null) expect(level.get(above), above).toBeGreaterThanOrEqual(level.get(rung)!);
	}
});

test('managerial and socio-cultural competence make the match, technical does not', () => {
	expect(['manajerial', 'sosial_kultural', 'teknis', 'pemerintahan'].map(inJobPersonMatch)).toEqual([true, true, false, false]);
});
