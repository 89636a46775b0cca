import { signedIn, type Policy } from '#platform/policy.ts';

/** Our own ids, no names and no NIP. */
export const policy: Policy = { load: signedIn };
