import { redirect } from '@sveltejs/kit';
import { questionForm } from '#modules/assessment/index.ts';
import { addQuestion, draftNextTest, itemResults, publishTest, readTest, removeQuestion } from '#modules/assessment/server/index.ts';
import { questionInput } from '#modules/assessment/ui/index.ts';
import { attempt, attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const test = await readTest(locals.db, locals.actor, params.id);
	return { formKey: newId(), test, results: test.published_at ? await itemResults(locals.db, locals.actor, test.id) : undefined };
};

export const actions = {
	add: async ({ locals, params, request }) => {
		const form = await parseForm(questionForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => addQuestion(db, locals.actor, params.id, questionInput(form.values)),
			form.raw
		);
		if ('id' in made) redirect(303, `/soal/${params.id}#tulis`);
		return made;
	},
	remove: async ({ locals, params, request }) => {
		const raw = await request.formData();
		const refused = await attempt(
			() => locals.transaction((db) => removeQuestion(db, locals.actor, params.id, String(raw.get('question')))),
			raw
		);
		if (refused) return refused;
		redirect(303, `/soal/${params.id}`);
	},
	publish: async ({ locals, params }) => {
		const refused = await attempt(() => locals.transaction((db) => publishTest(db, locals.actor, locals.at, params.id)));
		if (refused) return refused;
		redirect(303, `/soal/${params.id}`);
	},
	next: async ({ locals, params }) => {
		const made = await attempt(() => locals.transaction((db) => draftNextTest(db, locals.actor, locals.at, params.id)));
		if ('id' in made) redirect(303, `/soal/${made.id}`);
		return made;
	}
};
