import { roles, signedIn, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: signedIn, actions: { default: roles('programme_manager', 'administrator') } };
