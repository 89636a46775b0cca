import { roles, type Policy } from '#platform/policy.ts';

const keepers = roles('administrator', 'programme_manager');
export const policy: Policy = { load: keepers, actions: { default: keepers } };
