import * as m from '#paraglide/messages.js';
import {
	ACTING,
	CORRECTION_OUTCOMES,
	POST_KINDS,
	RETENTION_KINDS,
	ROLES,
	type Acting,
	type CorrectionOutcome,
	type EmploymentKind,
	type OfficerColumn,
	type PostKind,
	type RetentionKind,
	type Role
} from '../rules.ts';

const ROLE_NAMES: Record<Role, () => string> = {
	administrator: m.people_role_administrator,
	programme_manager: m.people_role_programme_manager,
	trainer: m.people_role_trainer,
	training_officer: m.people_role_training_officer,
	superior: m.people_role_superior,
	leadership: m.people_role_leadership,
	partner: m.people_role_partner
};
const ROLE_HINTS: Record<Role, () => string> = {
	administrator: m.people_role_hint_administrator,
	programme_manager: m.people_role_hint_programme_manager,
	trainer: m.people_role_hint_trainer,
	training_officer: m.people_role_hint_training_officer,
	superior: m.people_role_hint_superior,
	leadership: m.people_role_hint_leadership,
	partner: m.people_role_hint_partner
};

export const roleName = (role: Role): string => ROLE_NAMES[role]();
export const roleOptions = (...without: Role[]) =>
	ROLES.filter((role) => !without.includes(role)).map((role) => ({ value: role, label: ROLE_NAMES[role](), hint: ROLE_HINTS[role]() }));

const KINDS: Record<EmploymentKind, () => string> = {
	PNS: m.people_kind_PNS,
	CPNS: m.people_kind_CPNS,
	PPPK: m.people_kind_PPPK,
	PPPK_PW: m.people_kind_PPPK_PW
};
export const kindName = (kind: EmploymentKind): string => KINDS[kind]();
export const kindOptions = () => (Object.keys(KINDS) as EmploymentKind[]).map((value) => ({ value, label: KINDS[value]() }));

const STATES = {
	active: m.people_state_active,
	invited: m.people_state_invited,
	expired: m.people_state_expired,
	disabled: m.people_state_disabled
};
export type AccountState = keyof typeof STATES;
export const stateName = (state: AccountState): string => STATES[state]();
export const stateOptions = () => (Object.keys(STATES) as AccountState[]).map((value) => ({ value, label: STATES[value]() }));
export const stateTone = (state: AccountState) =>
	(({ active: 'positive', invited: 'info', expired: 'caution', disabled: 'neutral' }) as const)[state];

const IMPORT_STATES = {
	reading: m.people_import_state_reading,
	rehearsed: m.people_import_state_rehearsed,
	applying: m.people_import_state_applying,
	applied: m.people_import_state_applied,
	failed: m.people_import_state_failed,
	undone: m.people_import_state_undone
};
type ImportState = keyof typeof IMPORT_STATES;
export const importStateName = (state: ImportState): string => IMPORT_STATES[state]();
export const importStateTone = (state: ImportState) =>
	(({ reading: 'info', rehearsed: 'info', applying: 'info', applied: 'positive', failed: 'danger', undone: 'neutral' }) as const)[state];

const OUTCOMES: Record<CorrectionOutcome, () => string> = {
	corrected: m.people_outcome_corrected,
	passed_on: m.people_outcome_passed_on,
	not_wrong: m.people_outcome_not_wrong
};
export const outcomeName = (outcome: CorrectionOutcome): string => OUTCOMES[outcome]();
export const outcomeOptions = () => CORRECTION_OUTCOMES.map((value) => ({ value, label: OUTCOMES[value]() }));

const COLUMNS: Record<OfficerColumn, () => string> = {
	name: m.people_officers_name,
	number: m.people_officer_number,
	post: m.people_officers_post,
	unit: m.people_officers_unit,
	opd: m.people_officer_opd,
	kind: m.people_officers_kind,
	rank: m.people_officer_rank,
	education: m.people_officer_education,
	joined: m.people_officer_joined
};
export const officerColumnName = (column: OfficerColumn): string => COLUMNS[column]();

const POSTS: Record<PostKind, () => string> = {
	structural: m.people_post_structural,
	functional: m.people_post_functional,
	dual: m.people_post_dual,
	general: m.people_post_general
};
export const postKindOptions = () => POST_KINDS.map((value) => ({ value, label: POSTS[value]() }));

const ACTINGS: Record<Acting, () => string> = { plt: m.people_acting_plt, plh: m.people_acting_plh };
/** `Plt Atasan`: the kind of acting stands before the role, as on paper. */
export const grantName = (role: Role, acting: Acting | null): string =>
	acting === null ? roleName(role) : m.people_acting_role({ acting: m[`people_acting_short_${acting}`](), role: roleName(role) });
export const actingOptions = () => [
	{ value: '', label: m.people_acting_none() },
	...ACTING.map((value) => ({ value, label: ACTINGS[value]() }))
];

const RETENTIONS: Record<RetentionKind, () => string> = {
	years: m.people_retention_kind_years,
	months: m.people_retention_kind_months,
	permanent: m.people_retention_kind_permanent,
	unset: m.people_retention_kind_unset
};
export const retentionOptions = () => RETENTION_KINDS.map((kind) => ({ value: kind, label: RETENTIONS[kind]() }));
