/** Door of `surveys` to its components. */
export { default as RatingForm } from './RatingForm.svelte';
export { default as FeedbackForm } from './FeedbackForm.svelte';
export { default as FeedbackPromise } from './FeedbackPromise.svelte';
