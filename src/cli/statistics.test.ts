import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from './statistics.ts';

const reference = new URL('../statistics/reference-data/', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'statistics-'));
const written = (name: string, content: string) => {
	writeFileSync(join(folder, name), content);
	return join(folder, name);
};

afterEach(() => vi.restoreAllMocks());

async function command(...args: string[]) {
	const out: string[] = [];
	const faults: string[] = [];
	vi.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
	vi.spyOn(console, 'error').mockImplementation((line: string) => void faults.push(line));
	return { code: await run(args), out: out.join('\n'), faults };
}

test('every request of the reference list is answered, keys and all', async () => {
	const list = JSON.parse(readFileSync(new URL('requests.json', reference), 'utf8')) as {
		set: string;
		check: string;
		map: Record<string, string>;
	}[];
	const { code, out, faults } = await command(fileURLToPath(new URL('requests.json', reference)));
	expect(faults).toEqual([]);
	expect(code).toBe(0);
	const answers = JSON.parse(out) as Record<string, Record<string, Record<string, unknown>>>;
	for (const { set, check, map } of list)
		for (const key of Object.keys(map)) expect(answers[set]![check]![key], `${set}/${check}/${key}`).toBeDefined();
}, 60_000);

test('a request that cannot be answered is one line; the others are still answered', async () => {
	written('small.csv', 'y,g\n1,a\n2,a\n4,b\n6,b\n');
	const list = written(
		'list.json',
		JSON.stringify([
			{
				set: 's',
				check: 'good',
				method: 'welch_t',
				args: { data: 'small.csv', outcome: 'y', group: 'g', first: 'b', second: 'a' },
				map: { t: 't', both: ['t', 'df'] }
			},
			{ set: 's', check: 'nocolumn', method: 'ols', args: { data: 'small.csv', outcome: 'z', terms: [] } },
			{ set: 's', check: 'nomethod', method: 'magic', args: { data: 'small.csv' } },
			{ set: 's', check: 'whole', method: 'ols', args: { data: 'small.csv', outcome: 'y', terms: ['g==b'] } }
		])
	);
	const { code, out, faults } = await command(list);
	expect(code).toBe(1);
	const { s } = JSON.parse(out);
	expect(s.good.t).toBeCloseTo(3.5 / Math.sqrt(0.25 + 1), 12);
	expect(s.good.both).toHaveLength(2);
	expect(s.whole.terms['g==b'].estimate).toBeCloseTo(3.5, 12);
	expect(faults).toHaveLength(2);
	expect(faults[0]).toContain('permintaan 2 (s/nocolumn)');
	expect(faults[1]).toContain('method "magic" is not known');
});

test.each([
	['no file', []],
	['a missing file', ['/nowhere/list.json']],
	['no list', [written('object.json', '{"a": 1}')]],
	['no JSON', [written('text.json', 'ols, please')]]
])('%s ends with 2 and one line', async (_, args) => {
	const { code, faults } = await command(...args);
	expect(code).toBe(2);
	expect(faults).toHaveLength(1);
});
