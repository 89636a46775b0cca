import { roles, type Policy } from '#platform/policy.ts';

const authors = roles('trainer', 'programme_manager');
export const policy: Policy = { load: authors };
