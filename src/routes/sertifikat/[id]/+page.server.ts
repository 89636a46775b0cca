import { redirect } from '@sveltejs/kit';
import { revocationForm } from '#modules/credentials/index.ts';
import { certificate, mayRevoke, revokeCertificate } from '#modules/credentials/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const found = await certificate(locals.db, locals.actor, params.id);
	return {
		formKey: newId(),
		certificate: found,
		own: found.officer_id === locals.actor.officerId,
		revokes: mayRevoke(locals.actor) && found.revoked_at === null
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(revocationForm, request);
		if (!form.ok) return form.failure;
		const refused = await attemptOnce(
			locals,
			form.formKey,
			async (db) => void (await revokeCertificate(db, locals.actor, locals.at, params.id, form.values.reason)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/sertifikat/${params.id}`);
	}
};
