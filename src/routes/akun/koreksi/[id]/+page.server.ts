import { redirect } from '@sveltejs/kit';
import { correctionAnswerForm } from '#modules/people/forms.ts';
import { answerCorrection, correctionRequest, linkBase, processingRegister } from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const request = await correctionRequest(locals.db, locals.actor, params.id);
	return { formKey: newId(), request, category: processingRegister().get(request.category)?.[`name_${getLocale()}`] ?? request.category };
};

export const actions = {
	default: async ({ locals, request, params, url }) => {
		const form = await parseForm(correctionAnswerForm, request);
		if (!form.ok) return form.failure;
		const { origin } = linkBase(locals.runtime.auth, url);
		const refused = await attemptOnce(
			locals,
			form.formKey,
			async (db) => void (await answerCorrection(db, locals.actor, locals.at, params.id, form.values, origin)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, '/akun/koreksi');
	}
};
