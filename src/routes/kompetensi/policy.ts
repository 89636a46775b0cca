import { officer, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: officer, actions: { read: officer } };
