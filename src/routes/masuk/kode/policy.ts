import { anyone, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: anyone, actions: { default: anyone } };
