import { expect, test } from 'vitest';
import { isId, newId } from './ids.ts';

test('ids of one millisecond sort in the order they were made, and an earlier millisecond sorts before', () => {
	const made = Array.from({ length: 50_000 }, (_, i) => {
		if (i % 3 === 0) newId();
		return newId(1_790_000_000_000);
	});
	expect([...made].sort()).toEqual(made);
	expect(new Set(made).size).toBe(made.length);
	expect(made.every(isId)).toBe(true);
	expect(newId(1_789_999_999_999) < made[0]!).toBe(true);
	expect(made[0]![14]).toBe('7');
	expect(['8', '9', 'a', 'b']).toContain(made[0]![19]);
});
