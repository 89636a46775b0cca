import { json } from '@sveltejs/kit';
import { Refusal } from '#platform/refusal.ts';
import { sentence } from '#platform/sentences.ts';
import { answersIn, saveAnswers, sitting } from '#modules/assessment/server/index.ts';

/** Where the autosave ends; a reader of the address is sent nothing but whether the paper exists. */
export const GET = async ({ locals, params }) => {
	await sitting(locals.db, locals.actor, params.sittingId);
	return json({ saved: true });
};

/** Autosave of the paper: acknowledged means on disk; the same answers again change nothing. */
export const POST = async ({ locals, params, request }) => {
	const answers = answersIn(await request.formData());
	try {
		await locals.transaction((db) => saveAnswers(db, locals.actor, locals.at, params.sittingId, answers));
	} catch (cause) {
		// past the deadline: nothing was kept, and the page must say so
		if (cause instanceof Refusal) return json({ saved: false, reason: sentence(cause.code, cause.params) }, { status: 409 });
		throw cause;
	}
	return json({ saved: true });
};
