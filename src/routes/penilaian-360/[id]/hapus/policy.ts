import { roles, type Policy } from '#platform/policy.ts';

const organisers = roles('administrator', 'programme_manager', 'training_officer');
export const policy: Policy = { load: organisers, actions: { default: organisers } };
