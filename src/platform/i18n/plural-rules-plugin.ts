import type { Plugin } from 'vite';

const MADE_EACH_TIME = 'new Intl.PluralRules(locale, options).select(';

/**
 * Paraglide makes the plural rules of a language anew for every message with a number, at 20 µs each: a twentieth of a page
 * that lists people. Here they are made once. Fails the build when Paraglide writes something else.
 */
export function keptPluralRules(): Plugin {
	return {
		name: 'siginjai-kept-plural-rules',
		transform(code, id) {
			if (!id.split('?')[0]!.endsWith('/paraglide/registry.js')) return;
			if (!code.includes(MADE_EACH_TIME)) throw new Error(`${id}: plural rules are made in another way; see ${import.meta.filename}`);
			return {
				code: `${code.replace(MADE_EACH_TIME, 'pluralRules(locale, options).select(')}
const kept = new Map();
function pluralRules(locale, options) {
	const key = locale + JSON.stringify(options ?? null);
	if (!kept.has(key)) kept.set(key, new Intl.PluralRules(locale, options));
	return kept.get(key);
}
`,
				map: null
			};
		}
	};
}
