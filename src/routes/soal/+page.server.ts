import { tests } from '#modules/assessment/server/index.ts';

export const load = async ({ locals }) => ({ tests: await tests(locals.db, locals.actor) });
