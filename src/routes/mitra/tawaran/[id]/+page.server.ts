import { redirect } from '@sveltejs/kit';
import { classBacking, offerDecision } from '#modules/partners/index.ts';
import { backClass, backingsOf, decideOffer, mayKeep, offer } from '#modules/partners/server/index.ts';
import { classesFor } from '#modules/catalogue/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const found = await offer(locals.db, locals.actor, params.id);
	const keeps = mayKeep(locals.actor);
	return {
		formKey: newId(),
		offer: found,
		keeps,
		backings: (await backingsOf(locals.db, locals.actor, found.organisation_id)).filter((row) => row.offer_id === found.id),
		classes: keeps && found.state === 'accepted' ? await classesFor(locals.db, locals.actor, found.competency_id) : []
	};
};

export const actions = {
	decide: async ({ locals, params, request }) => {
		const form = await parseForm(offerDecision, request);
		if (!form.ok) return form.failure;
		const refused = await attemptOnce(
			locals,
			form.formKey,
			async (db) => void (await decideOffer(db, locals.actor, locals.at, params.id, form.values)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/mitra/tawaran/${params.id}`);
	},
	back: async ({ locals, params, request }) => {
		const form = await parseForm(classBacking, request);
		if (!form.ok) return form.failure;
		const refused = await attemptOnce(
			locals,
			form.formKey,
			async (db) => void (await backClass(db, locals.actor, locals.at, params.id, form.values)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/mitra/tawaran/${params.id}`);
	}
};
