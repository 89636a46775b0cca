import { roles, signedIn, type Policy } from '#platform/policy.ts';

const managers = roles('programme_manager', 'administrator');
export const policy: Policy = { load: signedIn, actions: { save: managers, publish: managers } };
