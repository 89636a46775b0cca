import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listeners } from './listeners.ts';

test('all that is published is heard, and all that is listened for is published', () => {
	const published = globSync('src/modules/**/*.ts').flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/\bpublish\([^']*'([^']+)'/g)].map((match) => match[1]!)
	);
	expect([...new Set(published)].sort()).toEqual([...new Set(listeners.map(({ type }) => type))].sort());
});
