import { redirect } from '@sveltejs/kit';
import { answerPractice, finishLesson, openLesson } from '#modules/learning/server/index.ts';
import { attemptOnce, formKeyOf } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const lesson = await locals.transaction((db) => openLesson(db, locals.actor, locals.at, params.enrolmentId, params.lessonId));
	return { ...lesson, questions: lesson.questions.map((question) => ({ ...question, formKey: newId() })) };
};

export const actions = {
	answer: async ({ locals, params, request }) => {
		const raw = await request.formData();
		const question = String(raw.get('question'));
		const key = formKeyOf(raw, request);
		const result = await attemptOnce(
			locals,
			key,
			(db) => answerPractice(db, locals.actor, locals.at, params.enrolmentId, params.lessonId, question, raw.getAll('option').map(String)),
			raw
		);
		if ('correct' in result) redirect(303, `/belajar/${params.enrolmentId}/${params.lessonId}#q-${question}`);
		return result;
	},
	finish: async ({ locals, params }) => {
		const { next } = await locals.transaction((db) => finishLesson(db, locals.actor, locals.at, params.enrolmentId, params.lessonId));
		redirect(303, next ? `/belajar/${params.enrolmentId}/${next}` : `/belajar/${params.enrolmentId}`);
	}
};
