/** Door of `planning` to its components and words. */
export { default as GoalFacts } from './GoalFacts.svelte';
export { default as GoalList } from './GoalList.svelte';
export { newGoalHref } from './words.ts';
