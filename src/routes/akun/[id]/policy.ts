import { roles, type Policy } from '#platform/policy.ts';

export const policy: Policy = {
	load: roles('administrator'),
	actions: {
		grant: roles('administrator'),
		end: roles('administrator'),
		invite: roles('administrator'),
		reset: roles('administrator'),
		secondstep: roles('administrator'),
		disable: roles('administrator'),
		enable: roles('administrator')
	}
};
