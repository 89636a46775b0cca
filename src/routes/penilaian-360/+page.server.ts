import { ownFeedbackRounds } from '#modules/competency/server/index.ts';

export const load = async ({ locals }) => ({ now: locals.at, rounds: await ownFeedbackRounds(locals.db, locals.actor) });
