import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { paraglideOptions } from './i18n/paraglide.options.ts';

const folders = globSync('src/{platform,ui,modules/*}/messages').sort();
const read = (folder: string, locale: string): Record<string, unknown> => {
	const { $schema: _, ...messages } = JSON.parse(readFileSync(join(folder, `${locale}.json`), 'utf8')) as Record<string, unknown>;
	return messages;
};
const placeholders = (message: unknown): string[] =>
	[...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))].sort();

describe.each(folders)('%s', (folder) => {
	const id = read(folder, 'id');
	const en = read(folder, 'en');

	test('says everything in both languages', () => {
		expect(Object.keys(en).sort()).toEqual(Object.keys(id).sort());
	});
	test('fills the same places in both', () => {
		const of = (messages: Record<string, unknown>) =>
			Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, placeholders(message)]));
		expect(of(en)).toEqual(of(id));
	});
	test('leaves none empty', () => {
		expect([...Object.entries(id), ...Object.entries(en)].filter(([, message]) => message === '').map(([key]) => key)).toEqual([]);
	});
});

test('no key is said in two files: the later one would win silently', () => {
	const keys = folders.flatMap((folder) => Object.keys(read(folder, 'id')));
	expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('every folder of messages is compiled', () => {
	const settings = JSON.parse(readFileSync(join(paraglideOptions.project, 'settings.json'), 'utf8')) as {
		'plugin.inlang.messageFormat': { pathPattern: string[] };
	};
	expect(
		settings['plugin.inlang.messageFormat'].pathPattern.map((path) => path.replace('./', '').replace('/{locale}.json', '')).sort()
	).toEqual(folders);
});
