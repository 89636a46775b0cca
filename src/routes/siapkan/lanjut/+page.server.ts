import { setUpProgress } from '#modules/people/server/index.ts';

export const load = async ({ locals }) => ({ progress: await setUpProgress(locals.db) });
