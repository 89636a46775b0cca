/** The statistics of an honest answer. Mathematics only: no database, no clock, no network. */
export { evaluate } from './evaluate/evaluate.ts';
export { canonicalJson, sha256 } from './evaluate/canonical.ts';
export { EvaluationFaults, faultLine } from './evaluate/fault.ts';
export type { EvaluationFault } from './evaluate/fault.ts';
export { completePlan } from './evaluate/plan.ts';
export type { Bilingual, CompletePlan, DesignClass, EvaluationPlan, PlanColumns } from './evaluate/plan.ts';
export type { EvaluationRow } from './evaluate/rows.ts';
export type * from './evaluate/result.ts';
export { ENGINE_VERSION } from './evaluate/draft.ts';
export { numberText } from './evaluate/sentence.ts';
export { twoArmMde } from './planning/power.ts';
