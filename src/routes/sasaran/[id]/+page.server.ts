import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { profileOf } from '#modules/competency/server/index.ts';
import { isReached } from '#modules/planning/index.ts';
import { acknowledgeApproval, readGoal, withdrawGoal } from '#modules/planning/server/index.ts';
import { attempt, attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, params }) => {
	const { goal, officer, unread, mayWithdraw } = await readGoal(db, actor, at, params.id);
	if (officer.id !== actor.officerId) throw new NotFound('goal');
	const row = (await profileOf(db, at, officer.id)).find((one) => one.competencyId === goal.competencyId);
	return {
		goal,
		unread,
		mayWithdraw,
		formKey: newId(),
		actual: row?.actual ?? null,
		required: row?.required ?? null,
		reached: goal.state === 'approved' && isReached(goal, row?.actual ?? null)
	};
};

export const actions = {
	acknowledge: async ({ locals, params }) => {
		const refused = await attempt(() => locals.transaction((db) => acknowledgeApproval(db, locals.actor, locals.at, params.id)));
		if (refused) return refused;
		redirect(303, `/sasaran/${params.id}`);
	},
	withdraw: async ({ locals, params, request }) => {
		const form = await parseForm(v.object({}), request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(locals, form.formKey, async (db) => {
			await withdrawGoal(db, locals.actor, locals.at, params.id);
			return { withdrawn: true };
		});
		if ('withdrawn' in done) redirect(303, `/sasaran/${params.id}`);
		return done;
	}
};
