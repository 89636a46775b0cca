import { roles, type Policy } from '#platform/policy.ts';

const authors = roles('administrator', 'programme_manager', 'trainer');
export const policy: Policy = { load: authors, actions: { default: authors } };
