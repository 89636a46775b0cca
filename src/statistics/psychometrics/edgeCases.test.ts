import { describe, expect, test } from 'vitest';
import { everyNumberFinite, StatisticsFailure } from '../failure.ts';
import { seeded } from '../random.ts';
import {
	analyseTest,
	ceilingCheck,
	distractorAnalysis,
	eapScores,
	intraclass,
	itemStatistics,
	mantelHaenszel,
	marginalFit,
	passMarkBand,
	raschConditional,
	reliability,
	scoreUse,
	testInformation
} from './index.ts';
import { logSymmetricFunctions } from './symmetricFunctions.ts';

/** A small training class takes a test of five items; Bu Sari had everything right and Pak Anton nothing. */
const sari = [1, 1, 1, 1, 1];
const anton = [0, 0, 0, 0, 0];
function classOf(persons: number, seed = 7): number[][] {
	const random = seeded(seed);
	return Array.from({ length: persons }, () => {
		const ability = random.normal();
		return [-1, -0.5, 0, 0.5, 1].map((b) => (random.uniform() < 1 / (1 + Math.exp(b - ability)) ? 1 : 0));
	});
}
const codeOf = (act: () => unknown): string => {
	try {
		act();
	} catch (failure) {
		if (failure instanceof StatisticsFailure) return failure.code;
		throw failure;
	}
	return 'no failure';
};

describe('all right and all wrong', () => {
	const scores = [sari, anton, ...classOf(200)];

	test('add nothing to Rasch difficulties', () => {
		const with_ = raschConditional(scores);
		const without = raschConditional(scores.filter((row) => ![0, 5].includes(row.reduce((a, b) => a + b))));
		expect(with_.difficulty).toEqual(without.difficulty);
		expect(with_.standardError).toEqual(without.standardError);
		expect(with_.persons + with_.extremePersons).toBe(202);
	});

	test('keep a finite EAP score, below and above everybody else', () => {
		const found = eapScores(scores, marginalFit(scores, '2PL')).map((score) => score.eap);
		expect(Math.max(...found)).toBe(found[0]);
		expect(Math.min(...found)).toBe(found[1]);
		expect(found[0]!).toBeLessThan(6);
		expect(found[1]!).toBeGreaterThan(-6);
	});

	test('a person without a single answer gets the prior back', () => {
		const [score] = eapScores([[null, null, null, null, null]], marginalFit(scores, '2PL'));
		expect(score!.eap).toBeCloseTo(0, 10);
		expect(score!.psd).toBeCloseTo(1, 6);
	});
});

describe('an item that everybody has right', () => {
	const scores = classOf(300).map((row) => [...row, 1]);

	test('is excluded from the models and reported', () => {
		const rasch = raschConditional(scores);
		const twoPl = marginalFit(scores, '2PL');
		expect(rasch.excluded).toEqual([{ item: 5, reason: 'ALL_RIGHT' }]);
		expect(twoPl.excluded).toEqual([{ item: 5, reason: 'ALL_RIGHT' }]);
		expect([rasch.difficulty[5], twoPl.a[5], twoPl.b[5]]).toEqual([null, null, null]);
		expect(rasch.difficulty.slice(0, 5)).toEqual(raschConditional(classOf(300)).difficulty);
	});

	test('has a difficulty, no correlation and a flag', () => {
		const item = itemStatistics(scores)[5]!;
		expect(item).toMatchObject({ difficulty: 1, pointBiserial: null, itemRest: null, upperLower: 0 });
		expect(item.flags).toEqual(['NO_VARIANCE', 'TOO_EASY']);
	});

	test('leaves omega to the other items, and makes standardised alpha undefined', () => {
		expect(reliability(scores).omegaTotal).toBeCloseTo(reliability(classOf(300)).omegaTotal!, 10);
		expect(reliability(scores).alphaStandardised).toBeNull();
	});

	test('loses its last wrong answer with the extreme persons, and is excluded then too', () => {
		// Only Pak Anton, who had nothing right, was wrong on the sixth item.
		const rasch = raschConditional([...scores.filter((row) => row.slice(0, 5).includes(0)), [...anton, 0]]);
		expect(rasch.excluded).toEqual([{ item: 5, reason: 'ALL_RIGHT' }]);
	});
});

describe('answers that cannot identify a model', () => {
	test('two easy and two hard items that no answer links have no finite Rasch difficulties', () => {
		const unlinked = ['1000', '0100', '1110', '1101'].flatMap((pattern) => Array.from({ length: 10 }, () => [...pattern].map(Number)));
		expect(codeOf(() => raschConditional(unlinked))).toBe('NOT_CONVERGED');
		expect(raschConditional([...unlinked, [0, 1, 1, 0]]).difficulty.every((b) => b !== null)).toBe(true);
	});

	test('a perfect staircase drives the slopes of the 2PL to their bound, which is reported', () => {
		const staircase = Array.from({ length: 40 }, (_, person) => [0, 1, 2, 3].map((item) => (person % 5 > item ? 1 : 0)));
		const fit = marginalFit(staircase, '2PL', { standardErrors: true });
		everyNumberFinite(fit);
		expect(fit.atBound.length).toBeGreaterThan(0);
	});

	test('nothing varies', () => {
		expect(codeOf(() => raschConditional([sari, sari]))).toBe('TOO_FEW_ROWS');
		expect(codeOf(() => marginalFit([sari, sari], '2PL'))).toBe('TOO_FEW_ROWS');
		expect(reliability([sari, sari])).toMatchObject({
			alpha: null,
			sem: null,
			alphaCi95: null,
			omegaTotal: null,
			use: 'NONE'
		});
	});

	test.each([
		['no person', [], 'TOO_FEW_ROWS'],
		['no item', [[]], 'BAD_INPUT'],
		['rows of unequal length', [[1, 0], [1]], 'BAD_INPUT'],
		['NaN', [[1, NaN]], 'NOT_FINITE'],
		['a two', [[1, 2]], 'BAD_INPUT']
	])('%s', (_, scores, code) => {
		expect(codeOf(() => raschConditional(scores))).toBe(code);
		expect(codeOf(() => marginalFit(scores, '2PL'))).toBe(code);
		expect(
			codeOf(() =>
				mantelHaenszel(
					scores,
					scores.map((_row, person) => person === 0)
				)
			)
		).toBe(code);
	});
});

describe('rules of the specification', () => {
	test('flags of an item', () => {
		const scores = Array.from({ length: 100 }, (_, person) => {
			const able = person >= 50 ? 1 : 0;
			return [able, able, able, 1 - able, person < 10 ? 1 : 0, person < 95 ? 1 : 0];
		});
		const flags = itemStatistics(scores).map((item) => item.flags);
		expect(flags[0]).toEqual([]);
		expect(flags[3]).toEqual(['LOW_DISCRIMINATION', 'CHECK_KEY']);
		expect(flags[4]).toEqual(['TOO_HARD', 'LOW_DISCRIMINATION', 'CHECK_KEY']);
		expect(flags[5]).toContain('TOO_EASY');
		const exactly = Array.from({ length: 30 }, (_, person) => [person < 27 ? 1 : 0, person < 6 ? 1 : 0]);
		expect(itemStatistics(exactly).flatMap((item) => item.flags)).not.toContain('TOO_EASY');
		expect(itemStatistics(exactly).flatMap((item) => item.flags)).not.toContain('TOO_HARD');
	});

	test('upper–lower index by hand: 27 of 100 at each end', () => {
		const scores = Array.from({ length: 100 }, (_, person) => [person >= 40 ? 1 : 0, person >= 80 ? 1 : 0, person % 2]);
		const total = scores.map((row) => row.reduce((a, b) => a + b, 0));
		// Totals: 20 persons with 0, 20 with 1 below 40, then 20 with 1 and 20 with 2, then 10 with 2 and 10 with 3.
		const count = (sum: number) => total.filter((one) => one === sum).length;
		expect([0, 1, 2, 3].map(count)).toEqual([20, 40, 30, 10]);
		// Upper: all 10 with 3 and 17 of the 30 with 2; lower: all 20 with 0 and 7 of the 40 with 1.
		const upper = (10 + 17) / 27;
		const lower = (7 * (20 / 40)) / 27;
		expect(itemStatistics(scores)[0]!.upperLower).toBeCloseTo(upper - lower, 12);
	});

	test('uses of a reliability', () => {
		expect([0.85, 0.849, 0.7, 0.69, 0.5, 0.49, null].map(scoreUse)).toEqual([
			'PASS_FAIL',
			'FEEDBACK',
			'FEEDBACK',
			'GROUP_RESEARCH',
			'GROUP_RESEARCH',
			'NONE',
			'NONE'
		]);
	});

	test('the band around a pass mark stays on the scale', () => {
		expect(passMarkBand(70, 5, 100)).toEqual([70 - 9.8, 70 + 9.8]);
		expect(passMarkBand(99, 5, 100)[1]).toBe(100);
		expect(passMarkBand(1, 5, 100)[0]).toBe(0);
	});

	test('more than 15% at the maximum is a ceiling, exactly 15% is not', () => {
		const totals = (top: number) => Array.from({ length: 100 }, (_, person) => (person < top ? 10 : 5));
		expect(ceilingCheck(totals(15), 10).ceiling).toBe(false);
		expect(ceilingCheck(totals(16), 10)).toEqual({ atMaximum: 16, share: 0.16, ceiling: true });
	});

	test('a distractor that nobody takes does not work; one that the best prefer is suspect', () => {
		const chosen = Array.from({ length: 100 }, (_, person) => {
			const able = person >= 50;
			return [able ? 'A' : 'B', able ? 'A' : 'C', able ? 'A' : 'B', able ? 'D' : person < 3 ? null : 'A'];
		});
		const [, , , last] = distractorAnalysis(chosen, ['A', 'A', 'A', 'A'], [null, null, null, ['A', 'B', 'C', 'D']]);
		expect(last!.omitted).toBe(3);
		expect(last!.options.map(({ option, count, flags }) => [option, count, flags])).toEqual([
			['A', 47, []],
			['B', 0, ['NOT_WORKING']],
			['C', 0, ['NOT_WORKING']],
			['D', 50, ['SUSPECT']]
		]);
	});

	test('items keyed the wrong way round are named', () => {
		const random = seeded(5);
		const scale = Array.from({ length: 200 }, () => {
			const mood = random.normal();
			return [1, 1, -1, 1].map((sign) => sign * mood + random.normal());
		});
		expect(reliability(scale).checkKeying).toEqual([2]);
		expect(reliability(scale.map((row) => row.map((value, item) => (item === 2 ? -value : value)))).checkKeying).toEqual([]);
	});

	test('an item that one group always has right and the other never counts as class C without a number', () => {
		const persons = Array.from({ length: 240 }, (_, person) => person);
		const scores = persons.map((person) => [person % 2, person % 3 === 0 ? 1 : 0, person % 4 < 2 ? 1 : 0, person % 2]);
		const [first, ...others] = mantelHaenszel(
			scores.map((row) => row.slice(0, 3)),
			persons.map((person) => person % 2 === 0)
		);
		expect(first).toMatchObject({ oddsRatio: null, delta: null, etsClass: 'C' });
		expect(others.every((item) => item.etsClass !== null)).toBe(true);
	});

	test('raters who agree perfectly, and raters who never differ at all', () => {
		expect(
			intraclass([
				[1, 1],
				[2, 2],
				[3, 3]
			]).map((form) => form.icc)
		).toEqual([1, 1, 1, 1, 1, 1]);
		expect(
			intraclass([
				[4, 4],
				[4, 4]
			]).map((form) => form.icc)
		).toEqual([null, null, null, null, null, null]);
		expect(codeOf(() => intraclass([[1, 2]]))).toBe('TOO_FEW_ROWS');
		expect(codeOf(() => intraclass([[1], [2]]))).toBe('TOO_FEW_ROWS');
	});

	test('targets that differ less than chance leave no total variance: form (2,k) then has no value', () => {
		const found = intraclass([
			[2, 2, 2, 8],
			[5, 7, 3, 1],
			[7, 2, 4, 3],
			[1, 3, 9, 4],
			[6, 7, 4, 4]
		]);
		expect(found[4]).toMatchObject({ form: '(2,k)', icc: null, lower95: null });
		expect(found[0]!.icc).toBeCloseTo(-0.2326, 4);
	});

	test('information of one item peaks at its difficulty with a²/4', () => {
		const [low, peak, high] = testInformation([0.5, 1, 1.5], { a: [2, null], d: [-2, null] });
		expect(peak).toBeCloseTo(1, 12);
		expect(low).toBeLessThan(peak!);
		expect(high).toBeCloseTo(low!, 12);
	});

	test('symmetric functions by hand', () => {
		const [x, y, z] = [Math.exp(-0.2), Math.exp(0.4), Math.exp(-0.2)];
		const found = logSymmetricFunctions([0.2, -0.4, 0.2]).map(Math.exp);
		[1, x + y + z, x * y + x * z + y * z, x * y * z].forEach((value, r) => expect(found[r]).toBeCloseTo(value, 12));
	});
});

describe('how many persons allow what', () => {
	test.each([
		[29, false, false, false],
		[30, true, false, false],
		[99, true, false, false],
		[100, true, true, false],
		[249, true, true, false],
		[250, true, true, true]
	])('%i persons', (persons, items, rasch, twoPl) => {
		const scores = classOf(persons);
		const analysis = analyseTest({ items: ['a', 'b', 'c', 'd', 'e'], scores, choices: null, group: null });
		expect([analysis.items !== null, analysis.rasch !== null, analysis.twoPl !== null]).toEqual([items, rasch, twoPl]);
		expect(analysis.provisional).toBe(persons < 100);
		expect(analysis.warnings.map((one) => one.code).includes('PROVISIONAL')).toBe(persons >= 30 && persons < 100);
	});

	test('99 persons in a group are too few to compare items, 100 are enough', () => {
		const scores = classOf(250);
		const compare = (small: number) =>
			analyseTest({
				items: ['a', 'b', 'c', 'd', 'e'],
				scores,
				choices: null,
				group: scores.map((_, p) => (p < small ? 'x' : 'y'))
			});
		expect(compare(99).groups![0]!.items).toBeNull();
		expect(compare(99).warnings.map((one) => one.code)).toContain('TOO_FEW_FOR_DIF');
		expect(compare(100).groups![0]).toMatchObject({
			reference: 'x',
			focal: 'y',
			referencePersons: 100,
			focalPersons: 150
		});
		expect(compare(100).groups![0]!.items).toHaveLength(5);
	});
});
