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
		if (only) redirect(303, `/tim/${only}?tersimpan=${made.rated}`);
		const { next } = await teamForForm(locals.db, locals.actor, locals.at, url.searchParams.get('sesudah'));
		const on = next === null ? {} : { kompetensi: url.searchParams.get('kompetensi') ?? '', sesudah: next };
		redirect(303, `/tim/nilai?${new URLSearchParams({ ...on, tersimpan: String(made.rated) })}`);
	}
};
