import { roles, type Policy } from '#platform/policy.ts';

/** Persons by arm and answer: only for who runs programmes. */
export const policy: Policy = { load: roles('programme_manager', 'administrator') };
