/** Door of `learning` for browser and server. */
export { lessonForm } from './forms.ts';
export { lessonBytes, nextLesson } from './rules.ts';
