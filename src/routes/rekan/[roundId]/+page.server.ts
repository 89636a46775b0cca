import { feedbackList } from '#modules/surveys/server/index.ts';

export const load = async ({ locals, params }) => ({ list: await feedbackList(locals.db, locals.actor, locals.at, params.roundId) });
