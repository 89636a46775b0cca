/** Door of `credentials` to its words. */
export { basisWord, capSentence, confidenceWord, formName, formOptions, reasonSentence } from './words.ts';
export { default as TrainingHistory } from './TrainingHistory.svelte';
