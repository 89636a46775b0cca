/** Door of `learning` for the server. */
export {
	addPractice,
	courseOf,
	courses,
	createLesson,
	editLesson,
	publishLesson,
	readLesson,
	removePractice,
	type Course,
	type Lesson,
	type LessonInput
} from './courses.ts';
export { lessonHtml } from './markdown.ts';
export {
	answerPractice,
	enrolledListener,
	finishLesson,
	openLesson,
	ownCourse,
	ownCourses,
	progressOf,
	type LessonStep
} from './progress.ts';
export { learningPersonalData } from './personal-data.ts';
