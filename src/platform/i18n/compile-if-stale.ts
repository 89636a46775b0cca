import { existsSync, globSync, statSync, writeFileSync } from 'node:fs';

/** Not beside the result: a build writes that folder anew. */
const STAMP = 'node_modules/.siginjai-messages';

/**
 * Compiles the messages when a message file is newer than the last compilation: the command line and the start read
 * them before any build has run on a bare clone.
 */
export async function compileIfStale(): Promise<void> {
	const since = existsSync(STAMP) ? statSync(STAMP).mtimeMs : 0;
	const sources = ['project.inlang/settings.json', ...globSync('src/**/messages/*.json')];
	if (existsSync('src/paraglide/messages.js') && sources.every((file) => statSync(file).mtimeMs <= since)) return;
	const { compile } = await import('@inlang/paraglide-js');
	const { paraglideOptions } = await import('./paraglide.options.ts');
	await compile(paraglideOptions);
	writeFileSync(STAMP, '');
}
