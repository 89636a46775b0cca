import { anyone, type Policy } from '#platform/policy.ts';

/** Language and colours are anybody's to choose, a citizen's too. */
export const policy: Policy = { load: anyone, actions: { POST: anyone } };
