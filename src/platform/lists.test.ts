import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partOf } from './lists.ts';

const same = (row: string) => row;

test('the parts of a list hold each row once, forwards and backwards', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (rows, size) => {
			const parts = [partOf(rows, same, null, size)];
			while (parts.at(-1)!.next !== null) parts.push(partOf(rows, same, parts.at(-1)!.next, size));
			expect(parts.flatMap((part) => part.rows)).toEqual(rows);
			parts.forEach((part, n) => {
				expect(part.start).toBe(n * size);
				expect(part.previous).toBe(n === 0 ? null : parts[n - 1]!.begins);
				expect(partOf(rows, same, part.begins, size)).toEqual(part);
			});
		})
	);
});

test('an id that is no longer in the list is its beginning', () => {
	expect(partOf(['a', 'b', 'c'], same, 'x', 2)).toEqual({ rows: ['a', 'b'], start: 0, begins: '', previous: null, next: 'b' });
});
