import { roles, type Policy } from '#platform/policy.ts';

export const policy: Policy = {
	load: roles('trainer', 'programme_manager', 'administrator'),
	actions: { default: roles('programme_manager', 'administrator') }
};
