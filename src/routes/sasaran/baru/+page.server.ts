import { redirect } from '@sveltejs/kit';
import { levelLabels, nextPost, profileOf } from '#modules/competency/server/index.ts';
import { isOpen, newGoal, possibleTargets } from '#modules/planning/index.ts';
import { goalsOf, setGoal } from '#modules/planning/server/index.ts';
import { superiorsOf } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { askedPost } from '../../kompetensi/jabatan-tujuan/view.ts';

export const load = async ({ locals: { db, actor, at }, url }) => {
	const id = actor.officerId!;
	const asked = askedPost(url);
	const [next, goals, superiors] = await Promise.all([
		asked && nextPost(db, actor, at, id, asked),
		goalsOf(db, id),
		superiorsOf(db, at, [id])
	]);
	const rows = next ? next.rows : await profileOf(db, at, id);
	const free = rows
		.filter((row) => possibleTargets(row.required, row.actual).length > 0)
		.filter((row) => !goals.some((goal) => goal.competencyId === row.competencyId && isOpen(goal, row.actual, dayOf(at))))
		.sort((a, b) => (b.gap ?? -1) - (a.gap ?? -1));
	const chosen = free.find((row) => row.code === url.searchParams.get('kompetensi'));
	const today = dayOf(at);
	return {
		superior: superiors.get(id)?.name,
		aim: next?.target ?? null,
		free: free.map((row) => ({ code: row.code, name: row.name, gap: row.gap, actual: row.actual, required: row.required })),
		chosen: chosen && {
			formKey: newId(),
			competencyId: chosen.competencyId,
			name: chosen.name,
			actual: chosen.actual,
			required: chosen.required,
			levels: (await levelLabels(db, chosen.competencyId)).filter((level) =>
				possibleTargets(chosen.required, chosen.actual).includes(level.level)
			),
			// half a year is long enough to learn and short enough to remember
			dueOn: dayOf(new Date(at.getTime() + 183 * 86_400_000)),
			today
		}
	};
};

export const actions = {
	default: async ({ locals, request }) => {
		const form = await parseForm(newGoal, request);
		if (!form.ok) return form.failure;
		const { competency_id, target_level, due_on, reason, aim_kind, aim_ref } = form.values;
		const aim = aim_kind ? { kind: aim_kind, ref: aim_ref } : undefined;
		const made = await attemptOnce(
			locals,
			form.formKey,
			(db) => setGoal(db, locals.actor, locals.at, { competencyId: competency_id, targetLevel: target_level, dueOn: due_on, reason, aim }),
			form.raw
		);
		if ('id' in made) redirect(303, `/sasaran/${made.id}`);
		return made;
	}
};
