import { signedIn, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: signedIn };
