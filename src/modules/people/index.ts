/** Door of `people` for browser and server: types and pure rules. */
export { ORGANISATION_KINDS, ROLES, RUNGS, UNIT_ROLES, isPlaceholder, rungOf } from './rules.ts';
export type { EmploymentKind, OrganisationKind, PostKind, Role, Rung } from './rules.ts';
export { firstHref, keyOf, nextHref } from './paging.ts';
