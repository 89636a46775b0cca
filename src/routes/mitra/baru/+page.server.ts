import { redirect } from '@sveltejs/kit';
import { newOrganisation } from '#modules/partners/index.ts';
import { addOrganisation } from '#modules/partners/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = () => ({ formKey: newId() });

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(newOrganisation, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(locals, form.formKey, (db) => addOrganisation(db, locals.actor, locals.at, form.values), form.raw);
		if ('id' in made) redirect(303, `/mitra/${made.id}`);
		return made;
	}
};
