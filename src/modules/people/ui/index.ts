/** Door of `people` for pages. */
export { default as FilterForm } from './FilterForm.svelte';
export { default as NewPassword } from './NewPassword.svelte';
export { default as RehearsalTable } from './RehearsalTable.svelte';
export { default as RoleFields } from './RoleFields.svelte';
export { default as Tally } from './Tally.svelte';
export { default as UnitTree } from './UnitTree.svelte';
export * from './words.ts';
