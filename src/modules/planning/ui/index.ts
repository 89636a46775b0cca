/** Door of `planning` to its components. */
export { default as GoalFacts } from './GoalFacts.svelte';
export { default as GoalList } from './GoalList.svelte';
