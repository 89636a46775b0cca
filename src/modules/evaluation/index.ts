/** Door of `evaluation` for browser and server. */
export { diagnose, LINKS, type ChainFacts, type Link, type LinkState } from './diagnosis.ts';
export { closingForm, diagnosisForm, handoverForm, newVersionForm, planForm, type LevelInput, type PlanInput } from './forms.ts';
export {
	COVARIATES,
	DEFAULT_WINDOWS,
	DESIGNS,
	findingOf,
	LEVELS,
	needsReview,
	offeredDelta,
	SMALLEST_SHOWN,
	SMALLEST_WITH_INTERVAL,
	type Covariate,
	type Design,
	type Finding,
	type Level,
	type Moment,
	type Readiness
} from './rules.ts';
