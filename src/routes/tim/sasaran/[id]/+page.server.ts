import { redirect } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { isSuperiorOf, levelLabels, profileOf } from '#modules/competency/server/index.ts';
import { goalDecision } from '#modules/planning/index.ts';
import { approveGoal, readGoal, returnGoal } from '#modules/planning/server/index.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';

export const load = async ({ locals: { db, actor, at }, params }) => {
	const { goal, officer, mayDecide } = await readGoal(db, actor, at, params.id);
	if (!(await isSuperiorOf(db, actor, at, [officer.id]))) throw new NotFound('goal');
	const row = (await profileOf(db, at, officer.id)).find((one) => one.competencyId === goal.competencyId);
	return {
		formKey: newId(),
		goal,
		mayDecide,
		officer: { id: officer.id, name: officer.display_name, post: officer.post_name },
		level: (await levelLabels(db, goal.competencyId)).find((level) => level.level === goal.targetLevel),
		actual: row?.actual ?? null,
		required: row?.required ?? null
	};
};

const decide =
	(command: typeof returnGoal) =>
	async ({ locals, params, request }: RequestEvent) => {
		const form = await parseForm(goalDecision, request);
		if (!form.ok) return form.failure;
		const done = await attemptOnce(
			locals,
			form.formKey,
			async (db) => {
				await command(db, locals.actor, locals.at, params.id, form.values.note);
				return { decided: true };
			},
			form.raw
		);
		if ('decided' in done) redirect(303, `/tim/sasaran/${params.id}`);
		return done;
	};

export const actions = { approve: decide(approveGoal), return: decide(returnGoal) };
