import { redirect } from '@sveltejs/kit';
import { ratingsForm } from '#modules/surveys/index.ts';
import { ratingSheet, submitRatings } from '#modules/surveys/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params, url }) => ({
	formKey: newId(),
	sheet: await ratingSheet(locals.db, locals.actor, locals.at, params.roundId),
	/** What the last sending did, for its sentence. */
	saved: url.searchParams.has('tersimpan')
});

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(ratingsForm, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			(db) => submitRatings(db, locals.actor, locals.at, params.roundId, form.values),
			form.raw
		);
		if ('open' in done) redirect(303, `/penilaian/${params.roundId}${form.values.final ? '?terkirim' : '?tersimpan'}`);
		return done;
	}
};
