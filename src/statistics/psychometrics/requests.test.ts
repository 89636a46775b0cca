import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyNumberFinite, StatisticsFailure } from '../failure.ts';
import { seeded } from '../random.ts';
import { psychometricsRequests } from './index.ts';

/** Requests in other shapes than those of the reference data: long tables, gaps, and what cannot be answered. */

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

describe('requests', () => {
	const table = {
		columns: ['person', 'item', 'answer', 'kind'],
		rows: classOf(150).flatMap((row, person) =>
			row.map((right, item) => ({
				person: `p${person}`,
				item: `q${item}`,
				answer: right ? 'ya' : 'tidak',
				kind: person % 2 ? 'x' : 'y'
			}))
		)
	};
	const long = { person: 'person', item: 'item', value: 'answer', one: 'ya' };

	test('a long table gives what the wide one gives', () => {
		const wide = {
			columns: ['q0', 'q1', 'q2', 'q3', 'q4'],
			rows: classOf(150).map((row) => Object.fromEntries(row.map((right, item) => [`q${item}`, String(right)])))
		};
		for (const method of ['ctt', 'rasch_cml', 'irt_mml'])
			expect(psychometricsRequests[method]!({ long }, table)).toEqual(psychometricsRequests[method]!({ items: 'all' }, wide));
		const dif = psychometricsRequests.mh_dif!({ long, group: 'kind', focal: 'x' }, table);
		expect(dif.item).toEqual(['q0', 'q1', 'q2', 'q3', 'q4']);
		expect([dif.n_reference, dif.n_focal]).toEqual([75, 75]);
	});

	test('long ratings give what the matrix gives', () => {
		const matrix = {
			columns: ['J1', 'J2', 'J3'],
			rows: [
				['9', '2', '5'],
				['6', '1', '3'],
				['8', '4', '6'],
				['7', '1', '2']
			].map(([J1, J2, J3]) => ({ J1: J1!, J2: J2!, J3: J3! }))
		};
		const rows = matrix.rows.flatMap((row, target) =>
			Object.entries(row).map(([rater, value]) => ({ unit: 'u', target: String(target), rater, value }))
		);
		const asked = psychometricsRequests.icc!(
			{ long: { target: ['unit', 'target'], rater: 'rater', value: 'value' } },
			{ columns: ['unit', 'target', 'rater', 'value'], rows }
		);
		expect(asked).toEqual(psychometricsRequests.icc!({ ratings: matrix.columns }, matrix));
	});

	test('rows with a gap are dropped', () => {
		const rows = classOf(60).map((row) => Object.fromEntries(row.map((right, item) => [`q${item}`, String(right)])));
		const columns = ['q0', 'q1', 'q2', 'q3', 'q4'];
		const holed = [...rows, { q0: '1', q1: '', q2: '0', q3: '1', q4: '1' }, { q0: 'NA', q1: '1', q2: '0', q3: '1', q4: '1' }];
		expect(psychometricsRequests.ctt!({ items: columns }, { columns, rows: holed })).toEqual(
			psychometricsRequests.ctt!({ items: columns }, { columns, rows })
		);
	});

	test.each([
		['ctt', { items: ['nowhere'] }],
		['ctt', { items: 'q0' }],
		['ctt', { long: 3 }],
		['ctt', { items: ['answer'] }],
		['reliability', { items: ['answer'], reverse: ['person'] }],
		['irt_mml', { long, model: '9PL' }],
		['irt_eap', { long, model: '2PL', patterns: ['01'] }],
		['irt_eap', { long, model: '2PL', patterns: 7 }],
		['irt_information', { long, model: '2PL', theta: 'high' }],
		['mh_dif', { long, group: 'kind' }],
		['mh_dif', { long, group: 'nowhere', focal: 'x' }],
		['mh_dif', { long, group: 'kind', focal: 'nobody' }],
		['icc', {}],
		['icc', { long: { target: 'person', rater: 'nowhere', value: 'answer' } }]
	])('%s %j is refused with a reason', (method, args) => {
		expect(codeOf(() => psychometricsRequests[method]!(args, table))).toBe('BAD_INPUT');
	});
});

test('whatever the answers, a figure is finite, null or refused', { timeout: 1_200_000 }, () => {
	const cells = fc.constantFrom(0, 1, 1, 0, null);
	const answers = fc
		.integer({ min: 1, max: 6 })
		.chain((items) => fc.array(fc.array(cells, { minLength: items, maxLength: items }), { minLength: 1, maxLength: 40 }));
	fc.assert(
		fc.property(answers, (rows) => {
			const columns = rows[0]!.map((_, item) => `q${item}`);
			const table = {
				columns: [...columns, 'g'],
				rows: rows.map((row, person) => ({
					...Object.fromEntries(row.map((value, item) => [`q${item}`, value === null ? '' : String(value)])),
					g: String(person % 2)
				}))
			};
			for (const [method, request] of Object.entries(psychometricsRequests))
				for (const missing of ['listwise', 'available'])
					try {
						everyNumberFinite(
							request({ items: columns, ratings: columns, missing, group: 'g', focal: 1, theta: [0], model: '2PL' }, table)
						);
					} catch (failure) {
						expect(failure, method).toBeInstanceOf(StatisticsFailure);
						expect((failure as StatisticsFailure).code, method).not.toBe('NOT_FINITE');
					}
		}),
		{ numRuns: process.env.SIGINJAI_LONG ? 3000 : 60 }
	);
});
