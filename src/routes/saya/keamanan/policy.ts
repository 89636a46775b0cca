import { signedIn, type Policy } from '#platform/policy.ts';

export const policy: Policy = { load: signedIn, actions: { begin: signedIn, confirm: signedIn, codes: signedIn, off: signedIn } };
