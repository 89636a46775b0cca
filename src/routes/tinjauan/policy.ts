import { roles, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: roles('programme_manager', 'administrator', 'leadership', 'trainer', 'training_officer') };
