/** Door of `assessment` to what its pages show. */
export { questionInput } from './question-input.ts';
export { default as QuestionFields } from './QuestionFields.svelte';
export { default as QuestionKey } from './QuestionKey.svelte';
