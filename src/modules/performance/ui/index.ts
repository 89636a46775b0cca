/** Door of `performance` for pages. */
export { default as Appraisals } from './Appraisals.svelte';
