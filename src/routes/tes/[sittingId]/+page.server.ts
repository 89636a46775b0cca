import { redirect } from '@sveltejs/kit';
import { answersIn, paper, submit } from '#modules/assessment/server/index.ts';
import { attempt } from '#platform/forms.ts';

export const load = ({ locals, params }) => paper(locals.db, locals.actor, locals.at, params.sittingId);

export const actions = {
	default: async ({ locals, params, request }) => {
		const raw = await request.formData();
		const result = await attempt(
			() => locals.transaction((db) => submit(db, locals.actor, locals.at, params.sittingId, answersIn(raw))),
			raw
		);
		if ('scorePercent' in result) redirect(303, `/tes/${params.sittingId}`);
		return result;
	}
};
