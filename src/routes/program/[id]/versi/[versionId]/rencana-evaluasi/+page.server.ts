import { fail, redirect } from '@sveltejs/kit';
import { planForm } from '#modules/evaluation/index.ts';
import { checkPlan, planSheet, savePlan } from '#modules/evaluation/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals, params }) => {
	const sheet = await planSheet(locals.db, locals.actor, locals.at, params.versionId);
	if (sheet.programmeId !== params.id) throw new NotFound('programme version');
	return { formKey: newId(), versionId: params.versionId, sheet };
};

/** What was typed, with repeated fields joined. */
function typed(raw: FormData): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [key, value] of raw) if (typeof value === 'string' && !key.endsWith('[]')) values[key] = value;
	for (const name of ['covariates', 'acknowledged']) values[name] = raw.getAll(`${name}[]`).join(',');
	return values;
}

export const actions = {
	save: async ({ locals, params, request }) => {
		const copy = request.clone();
		const form = await parseForm(planForm, request);
		const values = typed(await copy.formData());
		const checked = checkPlan(values);
		if (!form.ok) return fail(400, { errors: form.failure.data.errors, values, checked });
		const done = await attemptOnce(
			locals,
			form.formKey,
			(db) => savePlan(db, locals.actor, locals.at, params.versionId, form.values),
			form.raw
		);
		if ('id' in done) redirect(303, `/program/${params.id}/versi/${params.versionId}`);
		return fail(409, { errors: done.data.errors, values, checked });
	},
	/** The planning check on what is typed; an answer, sent as a failure so that the browser keeps every field. */
	check: async ({ request }) => {
		const values = typed(await request.formData());
		return fail(422, { errors: {} as Record<string, string>, values, checked: checkPlan(values) });
	}
};

/** See the layout. */
export const csr = true;
