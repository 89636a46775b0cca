import { officer, roles, signedIn, type Policy } from '#platform/policy.ts';

const nominators = roles('programme_manager', 'training_officer', 'superior');
export const policy: Policy = {
	load: signedIn,
	actions: { apply: officer, withdraw: officer, acknowledge: officer, release: officer, nominate: nominators, revoke: nominators }
};
