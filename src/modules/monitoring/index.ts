/** Door of `monitoring` for browser and server. */
export { countFindings, headline, type FindingCounts } from './rules.ts';
