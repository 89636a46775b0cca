/** Door of `learning` to what its pages show. */
export { default as LessonFields } from './LessonFields.svelte';
