import { roles, type Policy } from '#platform/policy.ts';

const keepers = roles('administrator', 'programme_manager');
export const policy: Policy = {
	load: roles('administrator', 'programme_manager', 'leadership', 'training_officer', 'partner'),
	actions: { decide: keepers, back: keepers }
};
