/** Door of `people` for browser and server: types and pure rules. */
export { RUNGS, isPlaceholder } from './rules.ts';
export type { EmploymentKind, OrganisationKind, PostKind, Role, Rung } from './rules.ts';
export { firstHref, keyOf, nextHref } from './paging.ts';
