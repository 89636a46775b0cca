import { error, redirect } from '@sveltejs/kit';
import { questionForm } from '#modules/assessment/index.ts';
import { questionInput } from '#modules/assessment/ui/index.ts';
import { lessonForm } from '#modules/learning/index.ts';
import { addPractice, editLesson, lessonHtml, publishLesson, readLesson, removePractice } from '#modules/learning/server/index.ts';
import { attempt, attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const lesson = await readLesson(locals.db, locals.actor, params.lessonId);
	if (lesson.programme_version_id !== params.versionId) error(404, 'not found');
	return { formKey: newId(), lesson, html: lessonHtml(lesson.body_markdown) };
};

const here = (params: { versionId: string; lessonId: string }) => `/materi/${params.versionId}/${params.lessonId}`;

export const actions = {
	edit: async ({ locals, params, request }) => {
		const form = await parseForm(lessonForm, request);
		if (!form.ok) return form.failure;
		const refused = await attempt(() => locals.transaction((db) => editLesson(db, locals.actor, params.lessonId, form.values)), form.raw);
		if (refused) return refused;
		redirect(303, here(params));
	},
	add: async ({ locals, params, request }) => {
		const form = await parseForm(questionForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => addPractice(db, locals.actor, params.lessonId, questionInput(form.values)),
			form.raw
		);
		if ('id' in made) redirect(303, `${here(params)}#soal`);
		return made;
	},
	remove: async ({ locals, params, request }) => {
		const raw = await request.formData();
		const refused = await attempt(
			() => locals.transaction((db) => removePractice(db, locals.actor, params.lessonId, String(raw.get('question')))),
			raw
		);
		if (refused) return refused;
		redirect(303, here(params));
	},
	publish: async ({ locals, params }) => {
		const refused = await attempt(() => locals.transaction((db) => publishLesson(db, locals.actor, locals.at, params.lessonId)));
		if (refused) return refused;
		redirect(303, `/materi/${params.versionId}`);
	}
};
