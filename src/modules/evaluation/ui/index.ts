/** Door of `evaluation` to its components and words. */
export { default as CaseActs } from './CaseActs.svelte';
export { default as Chain } from './Chain.svelte';
export { default as EffectCard } from './EffectCard.svelte';
export { default as PlanForm } from './PlanForm.svelte';
export { armWord, brokeSentence, caseState, levelWord, momentWord, stepWord } from './words.ts';
export { default as Finding } from './Finding.svelte';
