import type { CompilerOptions } from '@inlang/paraglide-js';

/** One set of options for the build and for the command line, so that both compile the same messages. */
export const paraglideOptions: CompilerOptions = {
	project: './project.inlang',
	outdir: './src/paraglide',
	strategy: ['cookie', 'baseLocale'],
	cookieName: 'siginjai_locale'
};
