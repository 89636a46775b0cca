/** Door of `evaluation` for browser and server. */
export { diagnose, type ChainFacts, type Link, type LinkState } from './diagnosis.ts';
export { closingForm, diagnosisForm, handoverForm, newVersionForm, planForm, type LevelInput, type PlanInput } from './forms.ts';
export { LEVELS, type Covariate, type Design, type Finding, type Level, type Moment, type Readiness } from './rules.ts';
