/** Compiles the message files into `src/paraglide`; run before anything that imports messages outside the build. */
import { compile } from '@inlang/paraglide-js';
import { paraglideOptions } from './paraglide.options.ts';

await compile(paraglideOptions);
