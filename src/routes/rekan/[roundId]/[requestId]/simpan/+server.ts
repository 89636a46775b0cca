import { json } from '@sveltejs/kit';
import { feedbackForm } from '#modules/surveys/index.ts';
import { answerFeedback, feedbackSheet } from '#modules/surveys/server/index.ts';
import { parseForm } from '#platform/forms.ts';
import { Refusal } from '#platform/refusal.ts';
import { sentence } from '#platform/sentences.ts';

/** Where the autosave ends; a reader of the address is sent nothing but whether the form exists. */
export const GET = async ({ locals, params }) => {
	await feedbackSheet(locals.db, locals.actor, locals.at, params.roundId, params.requestId);
	return json({ saved: true });
};

/** Keeps what is chosen so far; acknowledged means on disk, and the same choices again change nothing. */
export const POST = async ({ locals, params, request }) => {
	const form = await parseForm(feedbackForm, request);
	if (!form.ok) return json({ saved: false }, { status: 400 });
	const input = { ...form.values, final: false };
	try {
		await locals.transaction((db) => answerFeedback(db, locals.actor, locals.at, params.roundId, params.requestId, input));
	} catch (cause) {
		if (cause instanceof Refusal) return json({ saved: false, reason: sentence(cause.code, cause.params) }, { status: 409 });
		throw cause;
	}
	return json({ saved: true });
};
