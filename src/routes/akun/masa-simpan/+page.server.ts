import { redirect } from '@sveltejs/kit';
import { retentionForm } from '#modules/people/forms.ts';
import { retentionSheet, setRetention } from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals: { db, actor, at }, url }) => ({
	formKey: newId(),
	today: dayOf(at),
	/** The kind of data whose line was pressed. */
	chosen: url.searchParams.get('data'),
	...(await retentionSheet(db, actor, at, getLocale()))
});

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(retentionForm, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await setRetention(db, locals.actor, locals.at, form.values);
				return { set: true };
			},
			form.raw
		);
		if ('set' in done) redirect(303, '/akun/masa-simpan');
		return done;
	}
};
