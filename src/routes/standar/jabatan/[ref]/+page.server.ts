import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { newStandard } from '#modules/competency/index.ts';
import { endStandard, setStandard, standardSheet } from '#modules/competency/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals: { db, actor, at }, params }) => {
	const sheet = await standardSheet(db, actor, at, { kind: 'post', ref: params.ref });
	const today = dayOf(at);
	const inForce = sheet.versions.some((version) => version.validFrom <= today && (version.validTo === null || version.validTo > today));
	return { sheet, inForce, formKey: newId(), endKey: newId() };
};

export const actions = {
	set: async ({ locals, params, request }) => {
		const form = await parseForm(newStandard, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await setStandard(db, locals.actor, locals.at, { kind: 'post', ref: params.ref }, form.values);
				return { set: true };
			},
			form.raw
		);
		if ('set' in done) redirect(303, `/standar/jabatan/${encodeURIComponent(params.ref)}`);
		return done;
	},
	end: async ({ locals, params, request }) => {
		const form = await parseForm(v.object({}), request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(locals, form.formKey, async (db) => {
			await endStandard(db, locals.actor, locals.at, params.ref);
			return { ended: true };
		});
		if ('ended' in done) redirect(303, `/standar/jabatan/${encodeURIComponent(params.ref)}`);
		return done;
	}
};
