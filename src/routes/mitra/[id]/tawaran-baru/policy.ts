import { roles, type Policy } from '#platform/policy.ts';

const offerers = roles('administrator', 'programme_manager', 'partner');
export const policy: Policy = { load: offerers, actions: { default: offerers } };
