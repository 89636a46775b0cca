/** Door of `surveys` for browser and server. */
export { questionnaireForm, ratingsForm, type QuestionnaireInput, type RatingsInput, type SubjectRating } from './forms.ts';
export { type RoundState, type SubjectState } from './rules.ts';
