import { redirect } from '@sveltejs/kit';
import { discardFeedbackForm } from '#modules/competency/index.ts';
import { discardFeedback, feedbackRoundPage } from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const { round } = await feedbackRoundPage(locals.db, locals.actor, locals.at, params.id);
	if (round.sent_at) redirect(303, `/penilaian-360/${params.id}`);
	return { formKey: newId(), round };
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(discardFeedbackForm, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await discardFeedback(db, locals.actor, locals.at, params.id);
				return { discarded: true };
			},
			form.raw
		);
		if ('discarded' in done) redirect(303, '/penilaian-360?terhapus');
		return done;
	}
};
