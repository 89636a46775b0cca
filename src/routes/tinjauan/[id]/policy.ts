import { roles, type Policy } from '#platform/policy.ts';

const managers = roles('programme_manager', 'administrator');
export const policy: Policy = {
	load: roles('programme_manager', 'administrator', 'leadership', 'trainer', 'training_officer'),
	actions: { diagnose: managers, handover: managers, version: managers, close: managers }
};
