/** Door of `competency` for browser and server. */
export {
	discardFeedbackForm,
	feedbackRatersForm,
	feedbackReadForm,
	feedbackRoundForm,
	newSourceWeights,
	newStandard,
	newValidity,
	nextPostChoice,
	selfRating,
	teamRating,
	type FeedbackRoundInput
} from './forms.ts';
export {
	GAP_COLUMNS,
	GAP_SORTS,
	SMALLEST_SHOWN,
	GAP_STATES,
	SOURCES,
	type GapColumn,
	type JobPersonMatch,
	type JpmCategory,
	type JpmPurpose,
	type Rating,
	type Source
} from './rules.ts';
