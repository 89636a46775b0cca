import { redirect } from '@sveltejs/kit';
import { newSourceWeights } from '#modules/competency/index.ts';
import { setSourceWeights, sourceWeightSets } from '#modules/competency/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals: { db, actor, at } }) => ({
	formKey: newId(),
	today: dayOf(at),
	sets: await sourceWeightSets(db, actor, at)
});

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(newSourceWeights, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await setSourceWeights(db, locals.actor, locals.at, form.values);
				return { set: true };
			},
			form.raw
		);
		if ('set' in done) redirect(303, '/standar/bobot-sumber');
		return done;
	}
};
