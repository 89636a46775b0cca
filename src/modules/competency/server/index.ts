/** Door of `competency` for the server. */
export { auditProfileRead, isSuperiorOf, mayReadProfile } from './access.ts';
export {
	competencies,
	competencyByCode,
	competencyById,
	competencyNames,
	competencyOptions,
	levelLabels,
	type Competency,
	type JpmCategoryRow,
	type Level
} from './dictionary.ts';
export { gapBatches, gapCounts, gapList, gapListPage, gapSpread, gapsRead, type GapListRow } from './gap-list.ts';
export type { GapFilter, GapOrder } from './gap-page.ts';
export { gapSummary, furthestBehind, gapsByUnit, type GapCell, type GapMap, type GapRow, type GapSummary } from './gaps.ts';
export { gapsOf, profileOf, readProfile, type AskedAndHeld, type ProfileRating, type ProfileRow } from './profiles.ts';
export { recordRating, recordRatings, validityMonths, type NewRating, type ValidityRule } from './ratings.ts';
export { seedCompetencies } from './reference.ts';
export { setSourceWeights, sourceWeightSets, type WeightSet } from './source-weights.ts';
export {
	commonStandard,
	endStandard,
	posts,
	setStandard,
	setValidity,
	standardSheet,
	type NewStandard,
	type PostRow,
	type RungRow,
	type StandardSheet,
	type Subject,
	type Version
} from './standards.ts';
export {
	isInOneForm,
	partOfMembers,
	teamCoverage,
	teamForForm,
	teamMember,
	teamMembers,
	teamOf,
	teamOn,
	type Team,
	type TeamLevel,
	type TeamMember
} from './team.ts';
export { teamDisagreements, type TeamDisagreement } from './disagreements.ts';
export {
	askFeedback,
	chooseFeedbackRaters,
	discardFeedback,
	feedbackCandidates,
	feedbackRaterChoice,
	feedbackRoundPage,
	feedbackUnits,
	openFeedbackRound,
	ownFeedbackRounds
} from './feedback.ts';
export { closeFeedback } from './feedback-close.ts';
export { acknowledgeFeedback, feedbackNews } from './feedback-news.ts';
export { competencyPersonalData } from './personal-data.ts';
export { assessmentsImport } from '../imports/assessments.ts';
export { newestAssessment, type AssessmentResult } from './assessments.ts';
export { catalogueImport } from '../imports/catalogue.ts';
export { standardsImport } from '../imports/standards.ts';
export { matchOf, type MatchView } from './job-person-match.ts';
export { levelTrends, type LevelTrend } from './level-trends.ts';
export { chooseNextPost, describedPosts, nextPost, type NextPost } from './next-post.ts';
export { compareUnits } from './unit-comparison.ts';
export { openedUnit } from './opened-unit.ts';
export { unitTrend } from './unit-trend.ts';
export { countGapsOfDay, freshenGaps } from './kept-gaps.ts';
export { keepPastFigures } from './past-figures.ts';
