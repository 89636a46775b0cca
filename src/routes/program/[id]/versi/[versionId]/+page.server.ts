import { redirect } from '@sveltejs/kit';
import { versionForm } from '#modules/catalogue/index.ts';
import { editVersion, mayManage, publicationRequirements, publishVersion, readVersion } from '#modules/catalogue/server/index.ts';
import { developmentForms, jpRule, refuseUncountable } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attempt, parseForm } from '#platform/forms.ts';

export const load = async ({ locals, params }) => {
	const version = await readVersion(locals.db, locals.actor, params.versionId);
	return {
		version,
		edits: mayManage(locals.actor) && version.published_at === null,
		manages: mayManage(locals.actor),
		requirements: await publicationRequirements(locals.db, version.id),
		rule: await jpRule(locals.db, version.form_code, dayOf(locals.at)),
		forms: await developmentForms(locals.db, locals.at)
	};
};

export const actions = {
	save: async ({ locals, params, request }) => {
		const form = await parseForm(versionForm, request);
		if (!form.ok) return form.failure;
		const refused = await attempt(
			() =>
				locals.transaction(async (db) => {
					await refuseUncountable(db, locals.at, form.values);
					await editVersion(db, locals.actor, locals.at, params.versionId, form.values);
				}),
			form.raw
		);
		if (refused) return refused;
		redirect(303, `/program/${params.id}/versi/${params.versionId}?tersimpan`);
	},
	publish: async ({ locals, params }) => {
		const refused = await attempt(() => locals.transaction((db) => publishVersion(db, locals.actor, locals.at, params.versionId)));
		if (refused) return refused;
		redirect(303, `/program/${params.id}`);
	}
};
