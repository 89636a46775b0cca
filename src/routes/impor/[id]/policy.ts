import { roles, type Policy } from '#platform/policy.ts';

export const policy: Policy = {
	load: roles('administrator', 'training_officer'),
	actions: { apply: roles('administrator', 'training_officer'), undo: roles('administrator', 'training_officer') }
};
