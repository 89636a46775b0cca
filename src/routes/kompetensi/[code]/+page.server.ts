import { redirect } from '@sveltejs/kit';
import { selfRating } from '#modules/competency/index.ts';
import { competencyByCode, levelLabels, profileOf, recordRating } from '#modules/competency/server/index.ts';
import { goalsOf } from '#modules/planning/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, params, url }) => {
	const competency = await competencyByCode(db, params.code);
	const profile = await profileOf(db, at, actor.officerId!);
	const row = profile.find((one) => one.competencyId === competency.id);
	if (!row) throw new NotFound('competency');
	const unsaid = profile.filter((one) => !one.ratings.some((rating) => rating.source === 'self' && rating.valid));
	return {
		now: at,
		formKey: newId(),
		competency,
		row,
		levels: await levelLabels(db, competency.id),
		goals: (await goalsOf(db, actor.officerId!)).filter((goal) => goal.competencyId === competency.id && goal.state !== 'withdrawn'),
		said: url.searchParams.has('tersimpan'),
		next: unsaid.find((one) => one.competencyId !== competency.id)?.code,
		left: unsaid.length
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await parseForm(selfRating, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			async (db) =>
				recordRating(db, locals.actor, locals.at, {
					officerId: locals.actor.officerId!,
					competencyId: (await competencyByCode(db, params.code)).id,
					level: form.values.level,
					source: 'self',
					note: form.values.note
				}),
			form.raw
		);
		if ('ratingId' in made) redirect(303, `/kompetensi/${params.code}?tersimpan`);
		return made;
	}
};
