import { roles, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: roles('administrator', 'training_officer') };
