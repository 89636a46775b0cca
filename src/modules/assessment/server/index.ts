/** Door of `assessment` for the server. */
export { itemResults, reliabilityOf, type ItemResult } from './items.ts';
export {
	answersIn,
	assignSittings,
	paper,
	saveAnswers,
	scoresOf,
	sitting,
	submit,
	type Score,
	type Sitting,
	type SittingOrder
} from './sittings.ts';
export {
	addQuestion,
	createTest,
	draftNextTest,
	publishedTests,
	publishTest,
	questionsOf,
	readTest,
	removeQuestion,
	test,
	tests,
	type NewTest,
	type Question,
	type QuestionInput,
	type Test
} from './tests.ts';
export { assessmentPersonalData } from './personal-data.ts';
