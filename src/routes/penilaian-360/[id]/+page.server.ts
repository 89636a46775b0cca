import { redirect } from '@sveltejs/kit';
import { askFeedback, feedbackRoundPage } from '#modules/competency/server/index.ts';
import { linkBase } from '#modules/people/server/index.ts';
import { attemptOnce, formKeyOf } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params, url }) => ({
	formKey: newId(),
	now: locals.at,
	saved: url.searchParams.has('tersimpan'),
	asked: url.searchParams.has('terkirim'),
	...(await feedbackRoundPage(locals.db, locals.actor, locals.at, params.id))
});

export const actions = {
	default: async ({ locals, params, request, url }) => {
		const raw = await request.formData();
		const { origin } = linkBase(locals.runtime.auth, url);
		const done = await attemptOnce(
			locals,
			formKeyOf(raw, request),
			async (db) => {
				await askFeedback(db, locals.actor, locals.at, params.id, origin);
				return { asked: true };
			},
			raw
		);
		if ('asked' in done) redirect(303, `/penilaian-360/${params.id}?terkirim`);
		return done;
	}
};
