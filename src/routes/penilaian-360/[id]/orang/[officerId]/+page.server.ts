import { redirect } from '@sveltejs/kit';
import { feedbackRatersForm } from '#modules/competency/index.ts';
import { chooseFeedbackRaters, feedbackRaterChoice } from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const { round, subject, peers, subordinates } = await feedbackRaterChoice(
		locals.db,
		locals.actor,
		locals.at,
		params.id,
		params.officerId
	);
	return {
		formKey: newId(),
		round: { id: round.id, title: round.title },
		subject: { name: subject.name, post: subject.post, superior: subject.superiorName },
		peers,
		subordinates
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(feedbackRatersForm, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await chooseFeedbackRaters(db, locals.actor, locals.at, params.id, params.officerId, form.values);
				return { saved: true };
			},
			form.raw
		);
		if ('saved' in done) redirect(303, `/penilaian-360/${params.id}?tersimpan`);
		return done;
	}
};
