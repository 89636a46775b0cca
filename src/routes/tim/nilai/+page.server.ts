import { redirect } from '@sveltejs/kit';
import { teamRating } from '#modules/competency/index.ts';
import {
	competencies,
	competencyByCode,
	isInOneForm,
	levelLabels,
	recordRatings,
	teamCoverage,
	teamForForm,
	teamMember,
	teamOf,
	teamOn,
	validityMonths
} from '#modules/competency/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const code = url.searchParams.get('kompetensi');
	const saved = Number(url.searchParams.get('tersimpan')) || 0;
	const only = url.searchParams.get('orang');
	const after = url.searchParams.get('sesudah');
	if (!code) {
		const { rows, all: everybody, ...part } = await teamOf(db, actor, at, after);
		const coverage = await teamCoverage(db, at, rows);
		const all = (await competencies(db, at))
			.filter((one) => coverage.has(one.id))
			.map((one) => ({ id: one.id, code: one.code, name: one.name, description: one.description, ...coverage.get(one.id)! }));
		return { saved, choice: { all, everybody, inOneForm: isInOneForm(everybody), shown: rows.length, part }, chosen: undefined };
	}
	const competency = await competencyByCode(db, code);
	const { rows, ...part } = only ? { rows: await teamMember(db, actor, at, only) } : await teamForForm(db, actor, at, after);
	const people = await teamOn(db, at, rows, competency.id);
	if (people.length === 0) throw new NotFound('officer');
	return {
		saved,
		choice: undefined,
		chosen: {
			formKey: newId(),
			competency,
			people,
			only: only ?? undefined,
			part: 'all' in part ? part : undefined,
			levels: await levelLabels(db, competency.id),
			months: (await validityMonths(db, at)).get('superior')?.months
		}
	};
};

export const actions = {
	default: async ({ locals, request, url }) => {
		const form = await parseForm(teamRating, request);
		if (!form.ok) return form.failure;
		const only = url.searchParams.get('orang');
		const part = only ? undefined : await teamForForm(locals.db, locals.actor, locals.at, url.searchParams.get('sesudah'));
		const follows = (form.raw.has('sebelumnya') ? part?.previous : part?.next) ?? null;
		const goOn = (rated: number) => {
			if (only) redirect(303, `/tim/${only}?tersimpan=${rated}`);
			const search = new URLSearchParams({ tersimpan: String(rated) });
			if (follows !== null) {
				search.set('kompetensi', url.searchParams.get('kompetensi') ?? '');
				if (follows) search.set('sesudah', follows);
			}
			redirect(303, `/tim/nilai?${search}`);
		};
		// nobody of this part, and there are others
		if (form.values.ratings.length === 0 && follows !== null) goOn(0);
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
		goOn(made.rated);
	}
};
