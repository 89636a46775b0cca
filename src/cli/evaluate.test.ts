import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EvaluationResult } from '#statistics';
import { run } from './evaluate.ts';

const reference = new URL('../statistics/reference-data/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
const written = (name: string, content: string) => {
	writeFileSync(join(folder, name), content);
	return join(folder, name);
};
const COLUMNS = {
	id: 'id',
	unit: 'unit',
	assigned: 'assigned',
	attended: 'participated',
	baseline: 'pre',
	outcome: 'post',
	covariates: [],
	period: null,
	firstTreated: null,
	otherCourse: null
};

afterEach(() => vi.restoreAllMocks());

async function command(...args: string[]) {
	const out: string[] = [];
	const faults: string[] = [];
	vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
	vi.spyOn(console, 'error').mockImplementation((line: string) => void faults.push(line));
	return { code: await run(args), out: out.join('\n'), faults };
}

interface World {
	file: string;
	smallest_effect_of_interest: number;
	expected_verdict: string;
	required_warnings: string[];
	reference: { estimate?: number; se?: number; df?: number; ci95?: number[]; ci90?: number[]; naive_gain?: number };
}
const worlds = (JSON.parse(readFileSync(new URL('expected/planted.json', reference), 'utf8')) as { worlds: Record<string, World> }).worlds;
const CLASS: Record<string, string> = { cluster_null: 'A2', rtm_no_control: 'E' };

describe('planted worlds through the command', () => {
	test.each(Object.entries(worlds))('%s', async (name, world) => {
		const plan = {
			class: CLASS[name] ?? 'A1',
			columns: COLUMNS,
			delta: world.smallest_effect_of_interest,
			selectedOnBaseline: name === 'rtm_no_control',
			seed: 20261
		};
		const { code, out } = await command(
			written(`${name}.json`, JSON.stringify(plan)),
			fileURLToPath(new URL(world.file, reference)),
			'--json'
		);
		expect(code).toBe(0);
		const result = JSON.parse(out) as EvaluationResult;
		expect(result.verdict).toBe(world.expected_verdict);
		for (const warning of world.required_warnings) expect(result.warnings).toContain(warning);
		const { estimate, se, df, ci95, ci90, naive_gain } = world.reference;
		expect(result.estimate).toBeCloseTo(estimate ?? naive_gain!, 6);
		if (se) expect(result.se).toBeCloseTo(se, 6);
		if (df) expect(result.df).toBeCloseTo(df, 4);
		const shown = result.beside.find((b) => b.name === 'interval_t')?.ci95 ?? result.ci95!;
		if (ci95) shown.forEach((v, i) => expect(v).toBeCloseTo(ci95[i]!, 5));
		if (ci90 && result.intervalMethod === 't') result.ci90!.forEach((v, i) => expect(v).toBeCloseTo(ci90[i]!, 5));
	});

	test('twice gives the same bytes', async () => {
		const plan = written('twice.json', JSON.stringify({ class: 'A2', columns: COLUMNS, delta: 3, seed: 7 }));
		const data = fileURLToPath(new URL('planted/cluster_null.csv', reference));
		const first = await command(plan, data, '--json');
		expect((await command(plan, data, '--json')).out).toBe(first.out);
	});
});

describe('faults', () => {
	const plan = (change: object) =>
		written(
			`plan${Math.abs(JSON.stringify(change).length)}.json`,
			JSON.stringify({ class: 'A1', columns: { assigned: 'a', outcome: 'y' }, delta: 3, ...change })
		);
	const data = written('data.csv', 'a,y,unit\n1,50,U\n0,abc,U\n2,60,\n,61,U\n');

	test('each bad cell is a line with key, row and mend', async () => {
		const { code, faults, out } = await command(plan({}), data, '--json');
		expect(code).toBe(2);
		expect(out).toBe('');
		expect(faults).toHaveLength(3);
		expect(faults[0]).toBe(
			'kunci columns.outcome, baris 3: "abc" di kolom y bukan bilangan; tulis bilangan dengan titik desimal atau kosongkan'
		);
		expect(faults[1]).toMatch(/^kunci columns\.assigned, baris 4: "2" di kolom a bukan 1 atau 0; perbaiki/);
		expect(faults[2]).toMatch(/^kunci columns\.assigned, baris 5: kolom a kosong; isi 1 atau 0$/);
	});
	test('unknown keys are refused with the nearest known one', async () => {
		const { faults } = await command(plan({ detla: 3, columns: { assigned: 'a', outcome: 'y', covariate: [] } }), data);
		expect(faults[0]).toMatch(/^kunci detla: kunci ini tidak dikenal.*delta/);
		expect(faults[1]).toMatch(/^kunci columns\.covariate: kunci ini tidak dikenal.*covariates/);
	});
	test('a missing column names those there are', async () => {
		const { faults } = await command(plan({ columns: { assigned: 'a', outcome: 'score' } }), data);
		expect(faults).toEqual(['kunci columns.outcome: kolom "score" tidak ada di data; kolom yang ada: a, y, unit (mungkin a)']);
	});
	test('what a class needs is said', async () => {
		const { faults } = await command(plan({ class: 'A2' }), data);
		expect(faults[0]).toMatch(/^kunci columns\.unit: wajib untuk rancangan A2/);
	});
	test.each([
		['delta', 0],
		['delta', '3'],
		['looks', 2.5],
		['seed', -1],
		['direction', 'up'],
		['selectedOnBaseline', 1],
		['outcomeName', { id: 'x' }],
		['class', 'Z']
	])('a bad value of %s (%o)', async (key, value) => {
		const { code, faults } = await command(plan({ [key]: value }), data);
		expect(code).toBe(2);
		expect(faults[0]).toContain(`kunci ${key}`);
	});
	test.each([
		['ragged.csv', 'a,y\n1,2\n1,2,3\n'],
		['quote.csv', 'a,y\n1,"2\n0,3\n'],
		['twice.csv', 'a,y,a\n1,2,3\n'],
		['empty.csv', ''],
		['header.csv', 'a,y\n']
	])('a broken file (%s) is one line', async (name, content) => {
		const { code, faults } = await command(plan({}), written(name, content));
		expect(code).toBe(2);
		expect(faults).toHaveLength(1);
	});
	test('bad arguments', async () => {
		for (const args of [[], ['a.json'], ['a.json', 'b.csv', 'c'], ['a', 'b', '--html'], ['a', 'b', '--fast']])
			expect((await command(...args)).code).toBe(2);
	});
});

test('--html writes a card that stands alone', async () => {
	const plan = written(
		'card.json',
		JSON.stringify({ class: 'A1', columns: COLUMNS, delta: 3, outcomeName: { id: '<b>nilai</b>', en: 'score' } })
	);
	const file = join(folder, 'card.html');
	const { code } = await command(plan, fileURLToPath(new URL('planted/effective_rct.csv', reference)), '--json', '--html', file);
	expect(code).toBe(0);
	const html = readFileSync(file, 'utf8');
	expect(html).toMatch(/^<!doctype html>\n<html lang="id">/);
	expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|<b>nilai|NaN|undefined/);
	expect(html).toContain('&lt;b&gt;nilai&lt;/b&gt;');
	expect(html).toContain('role="img"');
});
