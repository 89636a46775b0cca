/** Door of `surveys` for the server. */
export {
	createQuestionnaire,
	questionnaire,
	questionnaireOptions,
	questionnaires,
	type NewQuestionnaire,
	type QuestionnaireItem,
	type QuestionnaireRow
} from './questionnaires.ts';
export { openRatingRound, ratingProgress, ratingsOf, renewRaters, type Rating, type RatingPair, type RatingProgress } from './rounds.ts';
export { ratingSheet, submitRatings, type RatingSheet, type Subject } from './ratings.ts';
export { surveysPersonalData } from './personal-data.ts';
export {
	createFeedbackRound,
	discardFeedbackRound,
	feedbackRaters,
	feedbackRound,
	feedbackRounds,
	restingSubjects,
	sendFeedbackRound,
	setFeedbackRaters,
	type FeedbackRound
} from './feedback-rounds.ts';
export { answerFeedback, feedbackList, feedbackSheet, type FeedbackList, type FeedbackSheet } from './feedback-forms.ts';
export { closeFeedbackRound, dueFeedbackRounds, type FeedbackFigure } from './feedback-results.ts';
