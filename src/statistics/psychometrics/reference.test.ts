import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Table } from '../table.ts';
import { andersenTest, completeRows, psychometricsRequests, reverseItems } from './index.ts';
import { correlation } from './moments.ts';
import { oneFactor } from './oneFactor.ts';

/** Real data with printed or independently computed answers, through the contract that outside analysts use. */

interface Check {
	id: string;
	expected: Record<string, unknown>;
	tol: { abs?: number; rel?: number };
	published?: { values: Record<string, unknown>; abs?: number; tol?: Record<string, number> };
}
interface Request {
	set: string;
	check: string;
	method: string;
	args: Record<string, unknown>;
	map: Record<string, string>;
}

const folder = new URL('../reference-data/', import.meta.url);
const json = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
const checkOf = (set: string, id: string): Check => json(`expected/${set}.json`).checks.find((check: Check) => check.id === id);
const requests: Request[] = json('requests.json').filter((request: Request) => request.method in psychometricsRequests);

function tableOf(path: string): Table {
	const [head, ...lines] = readFileSync(new URL(path, folder), 'utf8').trim().split('\n');
	const columns = head!.split(',');
	return {
		columns,
		rows: lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at]!, cell])))
	};
}

const answerTo = (request: Request) => psychometricsRequests[request.method]!(request.args, tableOf(String(request.args.data)));
const request = (set: string, check: string) => requests.find((one) => one.set === set && one.check === check)!;

/** As the comparison script of the reference data: |actual − expected| ≤ max(abs, rel·|expected|, 1e-9). */
function expectClose(actual: unknown, expected: unknown, tol: { abs?: number; rel?: number }, name: string): void {
	if (Array.isArray(expected)) {
		expect(actual, name).toHaveLength(expected.length);
		expected.forEach((value, at) => expectClose((actual as unknown[])[at], value, tol, `${name}[${at}]`));
	} else if (typeof expected === 'number') {
		expect(actual, name).toBeTypeOf('number');
		const allowed = Math.max(tol.abs ?? 0, (tol.rel ?? 0) * Math.abs(expected), 1e-9);
		expect(Math.abs((actual as number) - expected), `${name}: ${actual} against ${expected}`).toBeLessThanOrEqual(allowed);
	} else expect(actual, name).toEqual(expected);
}

test('the fifteen psychometric requests are all there', () => expect(requests).toHaveLength(15));

describe.each(requests)('$set $check', (one) => {
	const check = checkOf(one.set, one.check);
	const answer = answerTo(one);

	test.each(Object.entries(one.map))('%s', (key, path) => {
		expectClose(answer[path], check.expected[key], check.tol, key);
		const printed = check.published?.values[key];
		if (printed !== undefined)
			expectClose(answer[path], printed, { abs: check.published!.tol?.[key] ?? check.published!.abs! }, `printed ${key}`);
	});
});

describe('what the checks expect beyond the mapped keys', () => {
	test('standard errors of the 2PL from the observed information', () => {
		const { expected, tol } = checkOf('lsat6', 'mml_2pl');
		const answer = answerTo(request('lsat6', 'mml_2pl'));
		expectClose(answer.se_a, expected.se_a, tol, 'se_a');
		expectClose(answer.se_d, expected.se_d, tol, 'se_d');
	});

	test('the common slope, its error and the variance of ability it stands for', () => {
		const { expected, tol } = checkOf('lsat6', 'mml_1pl_common_slope');
		const answer = answerTo(request('lsat6', 'mml_1pl_common_slope'));
		expectClose((answer.se_a as number[])[0], expected.se_a, tol, 'se_a');
		expectClose(answer.b, expected.b, tol, 'b');
		expectClose(answer.rasch_latent_variance, expected.rasch_latent_variance, tol, 'variance');
	});

	test('SEM of the LSAT section', () => {
		const { expected, tol } = checkOf('lsat6', 'classical');
		expectClose(answerTo(request('lsat6', 'classical')).sem, expected.sem, tol, 'sem');
	});

	test('Andersen test split at the mean score, and the conditional likelihood', () => {
		const { expected, tol } = checkOf('lsat6', 'cml_rasch');
		const answer = answerTo(request('lsat6', 'cml_rasch'));
		expectClose(answer.cond_logLik, expected.cond_logLik, tol, 'cond_logLik');
		for (const key of ['andersen_lr', 'andersen_df', 'andersen_p']) expectClose(answer[key], expected[key], tol, key);
	});

	test('Andersen test by exam group, as a function and as a request', () => {
		const { expected, tol } = checkOf('math_exam_14w', 'cml_rasch');
		const table = tableOf('data/math_exam_14w.csv');
		const names = table.columns.filter((name) => name.startsWith('item'));
		const scores = table.rows.map((row) => names.map((name) => Number(row[name])));
		const found = andersenTest(
			scores,
			table.rows.map((row) => row.group!)
		);
		expectClose(found.likelihoodRatio, expected.andersen_lr_group, tol, 'lr');
		expect(found.df).toBe(expected.df);
		expectClose(found.p, expected.p, tol, 'p');
		const asked = psychometricsRequests.rasch_cml!({ items: names, group: 'group' }, table);
		expectClose(asked.andersen_lr, expected.andersen_lr_group, tol, 'lr asked');
	});

	test.each([
		['reliability_agreeableness', ['A1', 'A2', 'A3', 'A4', 'A5'], [0]],
		['reliability_conscientiousness', ['C1', 'C2', 'C3', 'C4', 'C5'], [3, 4]],
		['reliability_neuroticism', ['N1', 'N2', 'N3', 'N4', 'N5'], []]
	] as const)('loadings and all-rows alpha of %s', (id, names, turned) => {
		const { expected, tol, published } = checkOf('bfi', id);
		const table = tableOf('data/bfi.csv');
		const answers = table.rows.map((row) => names.map((name) => (row[name] === '' ? null : Number(row[name]))));
		const rows = completeRows(reverseItems(answers, turned, 1, 6));
		const column = (item: number) => rows.map((row) => row[item]!);
		const factor = oneFactor(names.map((_, i) => names.map((_, j) => correlation(column(i), column(j))!)))!;
		expect(factor.proper).toBe(true);
		expectClose(factor.loadings, expected.loadings_std, tol, 'loadings');
		const alpha = answerTo(request('bfi', id)).alpha_pairwise_all_rows;
		expectClose(alpha, expected.alpha_pairwise_all_rows, tol, 'alpha');
		expectClose(alpha, published!.values.alpha_pairwise_all_rows, { abs: published!.abs! }, 'printed alpha');
	});
});

test('the same request gives the same bytes', () => {
	for (const one of requests) expect(JSON.stringify(answerTo(one))).toBe(JSON.stringify(answerTo(one)));
});
