/** Door of `competency` for browser and server. */
export {
	feedbackRatersForm,
	feedbackRoundForm,
	newStandard,
	newValidity,
	selfRating,
	teamRating,
	type FeedbackRoundInput
} from './forms.ts';
export {
	GAP_COLUMNS,
	GAP_SORTS,
	GAP_STATES,
	SOURCES,
	jobPersonMatch,
	jpmCategory,
	type GapColumn,
	type JobPersonMatch,
	type JpmCategory,
	type JpmPurpose,
	type Rating,
	type Source
} from './rules.ts';
