import { expect, test } from 'vitest';
import * as v from 'valibot';
import { isDay } from './days.ts';
import { day, line } from './form-fields.ts';
import { parseForm } from './forms.ts';

test('a day of the calendar and nothing else', () => {
	for (const text of ['2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31']) expect(isDay(text), text).toBe(true);
	for (const text of ['2026-02-31', '2026-02-29', '2026-13-01', '2026-00-10', '0000-01-01', '2026-1-1', '', 'kemarin', '2026-01-01x'])
		expect(isDay(text), text).toBe(false);
});

const sent = (fields: [string, string][]) =>
	parseForm(
		v.object({ basis: line(), valid_from: day(), codes: v.optional(v.array(v.string())) }),
		new Request('http://localhost/', { method: 'POST', body: new URLSearchParams(fields) })
	);

test('a day that is none is refused at its field, and what no text of the database holds is left out', async () => {
	const refused = await sent([
		['basis', 'SK 1'],
		['valid_from', '2026-02-31']
	]);
	expect(!refused.ok && Object.keys(refused.failure.data.errors)).toEqual(['valid_from']);
	const taken = await sent([
		['basis', 'SK\0 1'],
		['valid_from', '2026-02-28'],
		['codes[]', 'M.1\0']
	]);
	expect(taken.ok && taken.values).toEqual({ basis: 'SK 1', valid_from: '2026-02-28', codes: ['M.1'] });
});
