import { roles, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: roles('administrator'), actions: { default: roles('administrator') } };
