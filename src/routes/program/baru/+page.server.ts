import { redirect } from '@sveltejs/kit';
import { programmeForm } from '#modules/catalogue/index.ts';
import { createProgramme } from '#modules/catalogue/server/index.ts';
import { competencyOptions, levelLabels } from '#modules/competency/server/index.ts';
import { developmentForms, refuseUncountable } from '#modules/credentials/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, url }) => ({
	formKey: newId(),
	competencies: await competencyOptions(locals.db),
	levels: (await levelLabels(locals.db)).map((row) => ({ value: String(row.level), label: `${row.level} ${row.label}` })),
	forms: await developmentForms(locals.db, locals.at),
	competencyId: url.searchParams.get('kompetensi') ?? undefined
});

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(programmeForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await refuseUncountable(db, locals.at, form.values);
				return createProgramme(db, locals.actor, locals.at, form.values);
			},
			form.raw
		);
		if ('id' in made) redirect(303, `/program/${made.id}/versi/${made.versionId}`);
		return made;
	}
};
