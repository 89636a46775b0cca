import { ownFeedbackRounds } from '#modules/competency/server/index.ts';

export const load = async ({ locals, url }) => ({
	now: locals.at,
	discarded: url.searchParams.has('terhapus'),
	rounds: await ownFeedbackRounds(locals.db, locals.actor)
});
