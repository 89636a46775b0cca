/** Door of `surveys` for browser and server. */
export { questionnaireForm, ratingsForm, type QuestionnaireInput, type RatingsInput, type SubjectRating } from './forms.ts';
export {
	FEWEST_ITEMS,
	linesOf,
	MOST_ITEMS,
	roundState,
	SCALE,
	SCALE_MAXIMUM,
	SCALE_MINIMUM,
	subjectState,
	type RoundState,
	type SubjectState
} from './rules.ts';
