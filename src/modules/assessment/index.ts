/** Door of `assessment` for browser and server. */
export { newTest, questionForm, type QuestionForm } from './forms.ts';
export { pointsOf, type KeyedQuestion, type SittingState } from './rules.ts';
