import { roles, type Policy } from '#platform/policy.ts';

const markers = roles('trainer', 'programme_manager', 'administrator');
export const policy: Policy = { load: markers, actions: { default: markers } };
