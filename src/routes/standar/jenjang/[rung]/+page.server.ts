import { redirect } from '@sveltejs/kit';
import { newStandard } from '#modules/competency/index.ts';
import { setStandard, standardSheet } from '#modules/competency/server/index.ts';
import { RUNGS } from '#modules/people/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, params }) => ({
	sheet: await standardSheet(db, actor, at, { kind: 'rung', ref: params.rung }),
	formKey: newId()
});

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(newStandard, request);
		if (!form.ok) return form.failure;
		if (!RUNGS.some((rung) => rung === params.rung)) throw new NotFound('rung');
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await setStandard(db, locals.actor, locals.at, { kind: 'rung', ref: params.rung }, form.values);
				return { set: true };
			},
			form.raw
		);
		if ('set' in done) redirect(303, '/standar');
		return done;
	}
};
