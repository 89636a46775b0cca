/** Door of `people` for browser and server: types and pure rules. */
export { EMPLOYMENT_KINDS, OFFICER_COLUMNS, OFFICER_SORTS, POST_KINDS, RUNGS, isPlaceholder, rungOf, searchable } from './rules.ts';
export type {
	Acting,
	CorrectionOutcome,
	EmploymentKind,
	OfficerColumn,
	OfficerSort,
	OrganisationKind,
	PostKind,
	Role,
	Rung
} from './rules.ts';
export { firstHref, keyOf, nextHref, timeHref, timeKeyOf } from './paging.ts';
