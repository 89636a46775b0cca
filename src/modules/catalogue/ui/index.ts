/** Door of `catalogue` to its components and words. */
export { default as Journey } from './Journey.svelte';
export { default as VersionFields } from './VersionFields.svelte';
export { classStateKind, classStateWord, obstacleWord, requirementWord } from './words.ts';
