/** Door of `monitoring` for browser and server. */
export { headline, type FindingCounts } from './rules.ts';
