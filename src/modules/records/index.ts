/** Door of `records` for browser and server. */
export { VERBS, type Verb } from './rules.ts';
