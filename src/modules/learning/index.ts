/** Door of `learning` for browser and server. */
export { lessonForm } from './forms.ts';
export { nextLesson } from './rules.ts';
