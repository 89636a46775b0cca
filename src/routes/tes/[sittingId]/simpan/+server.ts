import { json } from '@sveltejs/kit';
import { answersIn, saveAnswers, sitting } from '#modules/assessment/server/index.ts';

/** Where the autosave ends; a reader of the address is sent nothing but whether the paper exists. */
export const GET = async ({ locals, params }) => {
	await sitting(locals.db, locals.actor, params.sittingId);
	return json({ saved: true });
};

/** Autosave of the paper: acknowledged means on disk; the same answers again change nothing. */
export const POST = async ({ locals, params, request }) => {
	const answers = answersIn(await request.formData());
	await locals.transaction((db) => saveAnswers(db, locals.actor, locals.at, params.sittingId, answers));
	return json({ saved: true });
};
