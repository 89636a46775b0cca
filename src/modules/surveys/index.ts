/** Door of `surveys` for browser and server. */
export {
	candidatesOf,
	FEWEST_RATERS,
	groupResult,
	isAnonymous,
	LONGEST_DAYS,
	MOST_COLLEAGUES,
	MOST_SUBJECTS,
	MOST_TOPICS,
	proposeRaters,
	SHORTEST_DAYS,
	type Colleague,
	type FeedbackSource,
	type RaterOf
} from './feedback-rules.ts';
export {
	feedbackForm,
	questionnaireForm,
	ratingsForm,
	type FeedbackInput,
	type QuestionnaireInput,
	type RatingsInput,
	type SubjectRating
} from './forms.ts';
export { type RoundState, type SubjectState } from './rules.ts';
