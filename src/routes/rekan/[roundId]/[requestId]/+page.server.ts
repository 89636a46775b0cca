import { fail, redirect } from '@sveltejs/kit';
import { feedbackForm } from '#modules/surveys/index.ts';
import { answerFeedback, feedbackSheet } from '#modules/surveys/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import * as m from '#paraglide/messages.js';

export const load = async ({ locals, params, url }) => ({
	formKey: newId(),
	sheet: await feedbackSheet(locals.db, locals.actor, locals.at, params.roundId, params.requestId),
	saved: url.searchParams.has('tersimpan'),
	next: url.searchParams.has('berikutnya')
});

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(feedbackForm, request);
		if (!form.ok) return form.failure;
		const { roundId, requestId } = params;
		const done = await attemptOnce(
			locals,
			form.formKey,
			(db) => answerFeedback(db, locals.actor, locals.at, roundId, requestId, form.values),
			form.raw
		);
		if (!('sent' in done)) return done;
		if (!form.values.final) redirect(303, `/rekan/${roundId}/${requestId}?tersimpan`);
		// what was chosen is kept; what is missing is said where it is missing
		if (!done.sent)
			return fail(400, {
				errors: {
					_: m.surveys_feedback_incomplete({ count: done.missing.length }),
					...Object.fromEntries(done.missing.map((ref) => [`a.${ref}`, m.surveys_feedback_answer_missing()]))
				} as Record<string, string>,
				values: {} as Record<string, string>
			});
		redirect(303, done.next ? `/rekan/${roundId}/${done.next}?berikutnya` : `/rekan/${roundId}`);
	}
};
