import { error, redirect } from '@sveltejs/kit';
import { newOffer } from '#modules/partners/index.ts';
import { agreementsOf, makeOffer, mayOffer, organisation } from '#modules/partners/server/index.ts';
import { competencyOptions } from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	if (!mayOffer(locals.actor, params.id)) error(404, 'not found');
	return {
		formKey: newId(),
		organisation: await organisation(locals.db, locals.actor, params.id),
		agreements: await agreementsOf(locals.db, locals.actor, params.id),
		competencies: await competencyOptions(locals.db)
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(newOffer, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(locals, form.formKey, (db) => makeOffer(db, locals.actor, locals.at, params.id, form.values), form.raw);
		if ('id' in made) redirect(303, `/mitra/tawaran/${made.id}`);
		return made;
	}
};
