import { redirect } from '@sveltejs/kit';
import { nextVersionForm } from '#modules/catalogue/index.ts';
import { draftNextVersion, mayManage, versionsOf } from '#modules/catalogue/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, parent }) => {
	const { programme } = await parent();
	return { formKey: newId(), manages: mayManage(locals.actor), versions: await versionsOf(locals.db, locals.actor, programme.id) };
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(nextVersionForm, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => draftNextVersion(db, locals.actor, locals.at, params.id, form.values.changeReason),
			form.raw
		);
		if ('id' in made) redirect(303, `/program/${params.id}/versi/${made.id}`);
		return made;
	}
};
