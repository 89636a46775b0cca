import { fail, redirect } from '@sveltejs/kit';
import { feedbackRoundForm } from '#modules/competency/index.ts';
import { competencies, feedbackCandidates, feedbackUnits, openFeedbackRound } from '#modules/competency/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

/** Two weeks from tomorrow: long enough for somebody on leave, short enough to be remembered. */
const DAY = 86_400_000;

export const load = async ({ locals: { db, actor, at }, url }) => {
	const unitId = url.searchParams.get('unit');
	const chosen = unitId ? await feedbackCandidates(db, actor, at, unitId) : null;
	const opens = new Date(at.getTime() + DAY);
	return {
		formKey: newId(),
		units: await feedbackUnits(db, actor),
		chosen,
		competencies: (await competencies(db, at)).map(({ id, code, name, category }) => ({
			id,
			name,
			// the nine of the regulation; technical ones only where somebody wants them
			preset: /^(M|SK)\./.test(code) && category !== 'teknis'
		})),
		opensOn: dayOf(opens),
		dueOn: dayOf(new Date(opens.getTime() + 13 * DAY))
	};
};

export const actions = {
	default: async ({ locals, request }) => {
		const raw = await request.clone().formData();
		const ticked = { officers: raw.getAll('officers[]').map(String), competencies: raw.getAll('competencies[]').map(String) };
		const form = await parseForm(feedbackRoundForm, request);
		// who was ticked stays ticked, without script too
		if (!form.ok) return fail(form.failure.status, { ...form.failure.data, ...ticked });
		const made = await attemptOnce(locals, form.formKey, (db) => openFeedbackRound(db, locals.actor, locals.at, form.values), form.raw);
		if ('id' in made) redirect(303, `/penilaian-360/${made.id}`);
		return fail(made.status, { ...made.data, ...ticked });
	}
};
