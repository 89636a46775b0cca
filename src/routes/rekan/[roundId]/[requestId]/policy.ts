import { signedIn, type Policy } from '#platform/policy.ts';

/** Who rates is decided person by person: everybody else finds nothing here. */
export const policy: Policy = { load: signedIn, actions: { default: signedIn } };
