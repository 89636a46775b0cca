import { redirect } from '@sveltejs/kit';
import { questionnaireForm } from '#modules/surveys/index.ts';
import { createQuestionnaire, questionnaire } from '#modules/surveys/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, url }) => {
	const from = url.searchParams.get('dari');
	return { formKey: newId(), former: from ? await questionnaire(locals.db, from) : null };
};

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(questionnaireForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(locals, form.formKey, (db) => createQuestionnaire(db, locals.actor, locals.at, form.values), form.raw);
		if ('id' in made) redirect(303, `/kuesioner/${made.id}`);
		return made;
	}
};
