import { redirect } from '@sveltejs/kit';
import { programme, programmeVersion } from '#modules/catalogue/server/index.ts';
import { lessonForm } from '#modules/learning/index.ts';
import { createLesson } from '#modules/learning/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const version = await programmeVersion(locals.db, params.versionId);
	return { formKey: newId(), version, programme: await programme(locals.db, version.programme_id) };
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(lessonForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => createLesson(db, locals.actor, locals.at, params.versionId, form.values),
			form.raw
		);
		if ('id' in made) redirect(303, `/materi/${params.versionId}/${made.id}`);
		return made;
	}
};
