import { redirect } from '@sveltejs/kit';
import { newTest } from '#modules/assessment/index.ts';
import { createTest } from '#modules/assessment/server/index.ts';
import { competencyOptions } from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals }) => ({ formKey: newId(), competencies: await competencyOptions(locals.db) });

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(newTest, request);
		if (!form.ok) return form.failure;
		const { title, competency_id, target_level } = form.values;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => createTest(db, locals.actor, locals.at, { title, competencyId: competency_id, targetLevel: target_level }),
			form.raw
		);
		if ('id' in made) redirect(303, `/soal/${made.id}`);
		return made;
	}
};
