import { redirect } from '@sveltejs/kit';
import { teamRating } from '#modules/competency/index.ts';
import {
	competencies,
	competencyByCode,
	levelLabels,
	recordRatings,
	teamCoverage,
	teamOn,
	validityMonths
} from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const code = url.searchParams.get('kompetensi');
	const saved = Number(url.searchParams.get('tersimpan')) || 0;
	const coverage = await teamCoverage(db, actor, at);
	const all = (await competencies(db, at))
		.filter((one) => coverage.has(one.id))
		.map((one) => ({ id: one.id, code: one.code, name: one.name, description: one.description, ...coverage.get(one.id)! }));
	if (!code) return { all, saved, chosen: undefined };
	const competency = await competencyByCode(db, code);
	const only = url.searchParams.get('orang');
	const people = (await teamOn(db, actor, at, competency.id)).filter((person) => !only || person.officerId === only);
	if (people.length === 0) throw new NotFound('officer');
	return {
		all,
		saved,
		chosen: {
			formKey: newId(),
			competency,
			people,
			only: only ?? undefined,
			levels: await levelLabels(db, competency.id),
			months: (await validityMonths(db, at)).get('superior')?.months
		}
	};
};

export const actions = {
	default: async ({ locals, request, url }) => {
		const form = await parseForm(teamRating, request);
		if (!form.ok) return form.failure;
		const made = await attemptOnce(
			locals,
			form.formKey,
			async (db) => ({
				rated: (
					await recordRatings(
						db,
						locals.actor,
						locals.at,
						form.values.ratings.map((rating) => ({ ...rating, competencyId: form.values.competencyId, source: 'superior' as const }))
					)
				).length
			}),
			form.raw
		);
		if (!('rated' in made)) return made;
		const only = url.searchParams.get('orang');
		redirect(303, only ? `/tim/${only}?tersimpan=${made.rated}` : `/tim/nilai?tersimpan=${made.rated}`);
	}
};
