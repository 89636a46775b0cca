import { redirect } from '@sveltejs/kit';
import { newAccountForm } from '#modules/people/forms.ts';
import { createAccount, linkBase, organisationOptions, unitOptions } from '#modules/people/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals }) => ({
	formKey: newId(),
	units: await unitOptions(locals.db, locals.actor),
	organisations: await organisationOptions(locals.db)
});

export const actions = {
	default: async ({ locals, request, url }) => {
		const form = await parseForm(newAccountForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => createAccount(db, locals.actor, locals.at, form.values, linkBase(locals.runtime.auth, url)),
			form.raw
		);
		if ('id' in made) redirect(303, `/akun/${made.id}`);
		return made;
	}
};
