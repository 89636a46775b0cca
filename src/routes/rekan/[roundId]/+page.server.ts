import { feedbackList } from '#modules/surveys/server/index.ts';

export const load = async ({ locals, params }) => ({ list: await feedbackList(locals.db, locals.actor, locals.at, params.roundId) });

/** Nothing here needs script: on a slow line the words come first, and nothing after them. */
export const csr = false;
