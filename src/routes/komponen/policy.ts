import { development, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: development, actions: { default: development } };
