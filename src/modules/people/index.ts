/** Door of `people` for browser and server: types and pure rules. */
export { RUNGS, isPlaceholder, searchable } from './rules.ts';
export type { CorrectionOutcome, EmploymentKind, OrganisationKind, PostKind, Role, Rung } from './rules.ts';
export { firstHref, keyOf, nextHref, timeHref, timeKeyOf } from './paging.ts';
