/** The door to the psychometrics: tests, scales and ratings. Pure functions; nothing here reads a file or a table of people. */
export { eapScores, testInformation, type AbilityScore, type ItemParameters } from './abilityScores.ts';
export { ceilingCheck, type CeilingCheck } from './ceiling.ts';
export { mantelHaenszel, minimumPersonsPerGroupForDif, type DifferentialFunctioning, type EtsClass } from './differentialFunctioning.ts';
export { distractorAnalysis, type DistractorAnalysis, type DistractorFlag, type OptionStatistics } from './distractors.ts';
export { raschItemFit, rawScoreAbilities, type ItemFit } from './itemFit.ts';
export { itemStatistics, minimumPersonsForItems, provisionalBelowPersons, type ItemFlag, type ItemStatistics } from './itemStatistics.ts';
export { marginalFit, minimumPersonsFor2pl, type MarginalFit } from './marginal.ts';
export type { MarginalModel } from './marginalLikelihood.ts';
export { aboveMeanScore, andersenTest, minimumPersonsForRasch, raschConditional, type AndersenTest, type RaschFit } from './rasch.ts';
export { intraclass, minimumRatersPerSource, type Intraclass, type IntraclassForm } from './raterAgreement.ts';
export {
	alphaFromAllAnswers,
	feldtInterval,
	omegaTotal,
	passMarkBand,
	reliability,
	scoreUse,
	standardErrorOfMeasurement,
	type Reliability,
	type ScoreUse
} from './reliability.ts';
export { psychometricsRequests, type PsychometricsAnswer } from './requests.ts';
export { completeRows, reverseItems, scoreAgainstKey, totals, type CompleteScores, type Scores } from './responses.ts';
export type { ExcludedItem, ExclusionReason } from './usableItems.ts';
export { analyseTest, type GroupComparison, type TestAnalysis, type TestAnswers, type TestWarning } from './testAnalysis.ts';
