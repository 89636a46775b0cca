/** Door of `evaluation` for the server. */
export { mayManage } from './access.ts';
export {
	analyse,
	analyseReady,
	analysisOf,
	dailyEvaluation,
	ratingAnswerListener,
	readinessOf,
	snapshotOf,
	testAnswerListener,
	type Analysis,
	type Snapshot
} from './analyses.ts';
export { effectCards, exploratoryCards, latestAnalyses, type EffectCard, type LatestAnalysis } from './cards.ts';
export { chainFacts } from './chain.ts';
export { measurementListener, measurementsOf, openMeasurements, type Measurement } from './measurements.ts';
export { checkPlan, planSheet, type PlanCheck, type PlanSheet } from './plan-sheet.ts';
export { ownerOptions, planOf, savePlan, type Plan, type PlanContent } from './plans.ts';
export { nextClassListener } from './review-opening.ts';
export {
	closeCase,
	handOver,
	missingFor,
	openReviewCases,
	recordDiagnosis,
	reviewCase,
	reviewCases,
	startNewVersion,
	stepsOf,
	type Missing,
	type ReviewCase,
	type ReviewStep
} from './reviews.ts';
export { measurementStatus, type AnswerState, type MeasurementStatus, type PersonStatus } from './status.ts';
export { evaluationPersonalData } from './personal-data.ts';
