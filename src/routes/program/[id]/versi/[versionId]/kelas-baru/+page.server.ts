import { redirect } from '@sveltejs/kit';
import { classForm, windowOf } from '#modules/catalogue/index.ts';
import { classesOf, openClass, readVersion } from '#modules/catalogue/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const version = await readVersion(locals.db, locals.actor, params.versionId);
	return { formKey: newId(), version, today: dayOf(locals.at), held: (await classesOf(locals.db, version.programme_id)).length };
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(classForm, request);
		if (!form.ok) return form.failure;
		const { opensOn, closesOn, ...rest } = form.values;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => openClass(db, locals.actor, locals.at, params.versionId, { ...rest, ...windowOf(opensOn, closesOn) }),
			form.raw
		);
		if ('id' in made) redirect(303, `/kelas/${made.id}`);
		return made;
	}
};
