import { redirect } from '@sveltejs/kit';
import { feedbackReadForm } from '#modules/competency/index.ts';
import { acknowledgeFeedback, feedbackNews, matchOf, profileOf } from '#modules/competency/server/index.ts';
import { officerCard } from '#modules/people/server/index.ts';
import { goalsOf } from '#modules/planning/server/index.ts';
import { isOpen } from '#modules/planning/index.ts';
import { dayOf } from '#platform/clock.ts';
import { parseForm } from '#platform/forms.ts';

export const load = async ({ locals: { db, actor, at, waiting } }) => {
	const id = actor.officerId!;
	const [officer, rows, goals, items] = await Promise.all([officerCard(db, id), profileOf(db, at, id), goalsOf(db, id), waiting()]);
	const open = goals.filter((goal) => isOpen(goal, rows.find((row) => row.competencyId === goal.competencyId)?.actual ?? null, dayOf(at)));
	return {
		now: at,
		news: feedbackNews(items),
		post: officer.post_name,
		unit: officer.unit_name,
		// what is furthest away first, then what is not known
		rows: rows.toSorted((a, b) => (b.gap ?? -1) - (a.gap ?? -1) || Number(a.actual !== null) - Number(b.actual !== null)),
		match: await matchOf(db, at, rows),
		goals: open.map((goal) => ({
			id: goal.id,
			competencyId: goal.competencyId,
			state: goal.state,
			targetLevel: goal.targetLevel,
			dueOn: goal.dueOn,
			competency: goal.competency
		}))
	};
};

export const actions = {
	read: async ({ locals, request }) => {
		const form = await parseForm(feedbackReadForm, request);
		if (!form.ok) return form.failure;
		await locals.transaction((db) => acknowledgeFeedback(db, locals.actor, locals.at, form.values.round));
		redirect(303, '/kompetensi');
	}
};
