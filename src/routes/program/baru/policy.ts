import { roles, type Policy } from '#platform/policy.ts';

const managers = roles('programme_manager', 'administrator');
export const policy: Policy = { load: managers, actions: { default: managers } };
