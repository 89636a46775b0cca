import * as m from '#paraglide/messages.js';
import type { Link, LinkState } from '../diagnosis.ts';
import type { Design, Level, Moment } from '../rules.ts';

const one = (words: Record<string, () => string>, key: string): string => words[key]?.() ?? key;

export const levelWord = (level: Level): string => (level === 'L2' ? m.evaluation_level_L2() : m.evaluation_level_L3());
export const unitWord = (level: Level): string => (level === 'L2' ? m.evaluation_unit_L2() : m.evaluation_unit_L3());
export const momentWord = (moment: Moment): string => (moment === 'before' ? m.evaluation_moment_before() : m.evaluation_moment_after());
export const armWord = (arm: 'programme' | 'comparison'): string =>
	arm === 'programme' ? m.evaluation_arm_programme() : m.evaluation_arm_comparison();

const DESIGNS: Record<Design, [() => string, () => string]> = {
	A1: [m.evaluation_design_A1, m.evaluation_design_A1_hint],
	E: [m.evaluation_design_E, m.evaluation_design_E_hint],
	F: [m.evaluation_design_F, m.evaluation_design_F_hint],
	none: [m.evaluation_design_none, m.evaluation_design_none_hint]
};
export const designWord = (design: Design): string => DESIGNS[design][0]();
export const designHint = (design: Design): string => DESIGNS[design][1]();

const COVARIATES: Record<string, () => string> = {
	age: m.evaluation_covariate_age,
	years_of_service: m.evaluation_covariate_years_of_service,
	baseline: m.evaluation_covariate_baseline
};
export const covariateWord = (name: string): string => one(COVARIATES, name);

const BESIDE: Record<string, () => string> = {
	unadjusted_difference: m.evaluation_beside_unadjusted_difference,
	complier_effect: m.evaluation_beside_complier_effect,
	lee_lower_bound: m.evaluation_beside_lee_lower_bound,
	lee_upper_bound: m.evaluation_beside_lee_upper_bound
};
export const besideWord = (name: string): string => one(BESIDE, name);

const WARNINGS: Record<string, () => string> = {
	CEILING_EFFECT: m.evaluation_warning_CEILING_EFFECT,
	CONTAMINATION: m.evaluation_warning_CONTAMINATION,
	HIGH_ATTRITION: m.evaluation_warning_HIGH_ATTRITION,
	BASELINE_NOT_EQUIVALENT: m.evaluation_warning_BASELINE_NOT_EQUIVALENT,
	BASELINE_NEEDS_ADJUSTMENT: m.evaluation_warning_BASELINE_NEEDS_ADJUSTMENT,
	LOW_RELIABILITY: m.evaluation_warning_LOW_RELIABILITY,
	OUTSIDE_WINDOW: m.evaluation_warning_OUTSIDE_WINDOW,
	NO_OUTCOME_VARIANCE: m.evaluation_warning_NO_OUTCOME_VARIANCE
};
/** Sentences of the warnings a reader can do something with; the others are said by the verdict itself. */
export const warningSentences = (codes: readonly string[]): string[] => codes.flatMap((code) => WARNINGS[code]?.() ?? []);

const SHORT: Record<Link, () => string> = {
	need: m.evaluation_link_short_need,
	method: m.evaluation_link_short_method,
	material: m.evaluation_link_short_material,
	trainer: m.evaluation_link_short_trainer,
	learning: m.evaluation_link_short_learning,
	transfer: m.evaluation_link_short_transfer
};
export const linkWord = (link: Link): string => SHORT[link]();

const LONG: Record<Link, () => string> = {
	need: m.evaluation_link_need,
	method: m.evaluation_link_method,
	material: m.evaluation_link_material,
	trainer: m.evaluation_link_trainer,
	learning: m.evaluation_link_learning,
	transfer: m.evaluation_link_transfer
};
export const linkSentence = (link: Link): string => LONG[link]();

const BROKE: Record<Link, () => string> = {
	need: m.evaluation_broke_need,
	method: m.evaluation_broke_method,
	material: m.evaluation_broke_material,
	trainer: m.evaluation_broke_trainer,
	learning: m.evaluation_broke_learning,
	transfer: m.evaluation_broke_transfer
};
/** The headline of a case: what was found, as a finding. */
export const brokeSentence = (link: Link | null | undefined): string => (link ? BROKE[link]() : m.evaluation_broke_unknown());

export const stateWord = (state: LinkState): string =>
	({ held: m.evaluation_state_held, broke: m.evaluation_state_broke, unknown: m.evaluation_state_unknown })[state]();

const CASE_STATES: Record<string, () => string> = {
	diagnosis: m.evaluation_state_diagnosis,
	new_version: m.evaluation_state_new_version,
	publication: m.evaluation_state_publication,
	next_class: m.evaluation_state_next_class,
	next_analysis: m.evaluation_state_next_analysis
};
/** What an open case waits for first. */
export const caseState = (missing: string | undefined): string => (missing ? one(CASE_STATES, missing) : m.evaluation_state_closable());

const STEPS: Record<string, () => string> = {
	opening: m.evaluation_step_opening,
	finding: m.evaluation_step_finding,
	diagnosis: m.evaluation_step_diagnosis,
	handover: m.evaluation_step_handover,
	new_version: m.evaluation_step_new_version,
	next_class: m.evaluation_step_next_class,
	measurement: m.evaluation_step_measurement,
	closing: m.evaluation_step_closing
};
export const stepWord = (kind: string): string => one(STEPS, kind);
