import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { programme } from '#modules/catalogue/server/index.ts';
import { LEVELS } from '#modules/evaluation/index.ts';
import { analyseReady, effectCards, exploratoryCards, mayManage, planOf } from '#modules/evaluation/server/index.ts';
import { id } from '#platform/form-fields.ts';
import { attempt, parseForm } from '#platform/forms.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals, params, url }) => {
	const { title } = await programme(locals.db, params.id);
	const cards = await effectCards(locals.db, locals.actor, locals.at, params.id);
	const wanted = { classId: url.searchParams.get('kelas'), level: url.searchParams.get('tingkat') };
	// without a choice: the newest answer, else what is being measured, else the newest class
	const card =
		cards.find((each) => each.classId === wanted.classId && (wanted.level === null || each.level === wanted.level)) ??
		cards.find((each) => each.analysis !== null) ??
		cards.find((each) => each.readiness.state !== 'not_measured') ??
		cards.find((each) => each.planned !== null) ??
		cards[0] ??
		null;
	const plan = card ? await planOf(locals.db, card.versionId) : undefined;
	return {
		programmeId: params.id,
		title,
		cards,
		card,
		manages: mayManage(locals.actor),
		plan: plan ? { sha256: plan.sha256, created_at: plan.created_at, design: plan.design } : null,
		exploratory: card ? await exploratoryCards(locals.db, locals.actor, card.classId, card.level) : []
	};
};

const form = v.object({ class_id: id(), level: v.picklist(LEVELS) });

export const actions = {
	analyse: async ({ locals, params, request }) => {
		const parsed = await parseForm(form, request);
		if (!parsed.ok) return parsed.failure;
		if (!mayManage(locals.actor)) throw new NotFound('class');
		const done = await attempt(() => locals.transaction((db) => analyseReady(db, locals.at, parsed.values.class_id)), parsed.raw);
		if (Array.isArray(done)) redirect(303, `/program/${params.id}/pengaruh?kelas=${parsed.values.class_id}&tingkat=${parsed.values.level}`);
		return done;
	}
};
