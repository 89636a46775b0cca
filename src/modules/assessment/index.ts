/** Door of `assessment` for browser and server. */
export { OPTION_FIELDS, newTest, questionForm, type QuestionForm } from './forms.ts';
export { GRACE_MINUTES, pointsOf, scorePercent, sittingState, type KeyedQuestion, type SittingState } from './rules.ts';
