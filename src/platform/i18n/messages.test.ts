import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Message = string | { match: Record<string, string> }[];
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Message>;
const texts = (message: Message): string[] =>
	typeof message === 'string' ? [message] : message.flatMap((form) => Object.values(form.match));
const inputs = (message: Message): string[] => [
	...new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)))
];

test.each(globSync('src/**/messages/id.json').filter((file) => !file.includes('paraglide')))(
	'%s says the same things in both languages',
	(file) => {
		const indonesian = read(file);
		const english = read(file.replace('id.json', 'en.json'));
		const keys = (messages: Record<string, Message>) => Object.keys(messages).filter((key) => key !== '$schema');
		expect(keys(english).sort()).toEqual(keys(indonesian).sort());
		for (const key of keys(indonesian)) {
			expect(
				texts(indonesian[key]!).every((text) => text.trim() !== ''),
				`${key} is empty`
			).toBe(true);
			expect(inputs(english[key]!).sort(), `inputs of ${key}`).toEqual(inputs(indonesian[key]!).sort());
		}
	}
);

test.each(['id', 'en'])('each key has one sentence in %s: a second one would take its place everywhere', (locale) => {
	const keys = globSync(`src/**/messages/${locale}.json`)
		.filter((file) => !file.includes('paraglide'))
		.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^\t"([^"$]+)":/gm)].map((match) => match[1]!));
	expect(keys.length).toBeGreaterThan(1000);
	expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});
