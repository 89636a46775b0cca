/** Door of `surveys` to its components. */
export { default as RatingForm } from './RatingForm.svelte';
