import { redirect } from '@sveltejs/kit';
import { newAgreement } from '#modules/partners/index.ts';
import { organisation, recordAgreement } from '#modules/partners/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => ({
	formKey: newId(),
	organisation: await organisation(locals.db, locals.actor, params.id)
});

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(newAgreement, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => recordAgreement(db, locals.actor, locals.at, params.id, form.values),
			form.raw
		);
		if ('id' in made) redirect(303, `/mitra/${params.id}`);
		return made;
	}
};
