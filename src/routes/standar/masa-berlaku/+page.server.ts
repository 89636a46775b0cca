import { redirect } from '@sveltejs/kit';
import { newValidity, SOURCES } from '#modules/competency/index.ts';
import { setValidity, validityMonths } from '#modules/competency/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals: { db, at } }) => {
	const rules = await validityMonths(db, at);
	return { formKey: newId(), today: dayOf(at), rows: SOURCES.flatMap((source) => rules.get(source) ?? []) };
};

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(newValidity, request);
		if (!form.ok) return form.failure;
		const { valid_from, ...values } = form.values;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await setValidity(db, locals.actor, locals.at, { ...values, validFrom: valid_from });
				return { set: true };
			},
			form.raw
		);
		if ('set' in done) redirect(303, '/standar/masa-berlaku');
		return done;
	}
};
