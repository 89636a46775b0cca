import { redirect } from '@sveltejs/kit';
import { newServiceUnit } from '#modules/service/index.ts';
import { openServiceUnit } from '#modules/service/server/index.ts';
import { unitOptions } from '#modules/people/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals }) => ({ formKey: newId(), units: await unitOptions(locals.db, locals.actor) });

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(newServiceUnit, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(locals, form.formKey, (db) => openServiceUnit(db, locals.actor, locals.at, form.values), form.raw);
		if ('id' in made) redirect(303, `/layanan/${made.id}`);
		return made;
	}
};
