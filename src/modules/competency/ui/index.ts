/** Door of `competency` to its components and words. */
export { default as AssessmentFacts } from './AssessmentFacts.svelte';
export { default as Competence } from './Competence.svelte';
export { default as Disagree } from './Disagree.svelte';
export { default as FeedbackState } from './FeedbackState.svelte';
export { default as GapState } from './GapState.svelte';
export { default as LevelCards } from './LevelCards.svelte';
export { default as StandardEditor } from './StandardEditor.svelte';
export { default as Reasons } from './Reasons.svelte';
export { confidenceWord, gapColumnName, rungWord, sourceWord } from './words.ts';
