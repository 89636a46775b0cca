import { isSuperiorOf, matchOf, readProfile } from '#modules/competency/server/index.ts';
import { goalsOf } from '#modules/planning/server/index.ts';
import { audit } from '#platform/audit.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals, params, url }) => {
	const { db, actor, at } = locals;
	const { officer, rows } = await readProfile(db, actor, at, params.officerId);
	// other readers have their own pages; this one is the superior's
	if (!(await isSuperiorOf(db, actor, at, [officer.id]))) throw new NotFound('officer');
	await locals.transaction((transaction) => audit(transaction, actor, at, 'competency.read_profile', { type: 'officer', id: officer.id }));
	return {
		now: at,
		officer: { id: officer.id, name: officer.display_name, post: officer.post_name, unit: officer.unit_name },
		rows: rows.toSorted((a, b) => (b.gap ?? -1) - (a.gap ?? -1) || Number(a.actual !== null) - Number(b.actual !== null)),
		match: await matchOf(db, at, rows),
		goals: await goalsOf(db, officer.id),
		saved: Number(url.searchParams.get('tersimpan')) || 0
	};
};
