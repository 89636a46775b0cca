import { redirect } from '@sveltejs/kit';
import { classState } from '#modules/catalogue/index.ts';
import { applicantsFor, classById, drawClass, drawOf, mayManage, namedResults, promisedSeats } from '#modules/catalogue/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import { attemptOnce, formKeyOf } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';

export const load = async ({ locals, params }) => {
	const { db, actor } = locals;
	const held = await classById(db, params.id);
	const draw = await drawOf(db, held.id);
	return {
		formKey: newId(),
		held,
		state: classState(held, locals.at, dayOf(locals.at)),
		manages: mayManage(actor),
		draw: draw
			? { ...draw, results: undefined, drawn: draw.results.length, programme: draw.results.filter((lot) => lot.arm === 'programme').length }
			: null,
		results: draw ? await namedResults(db, actor, held.id) : [],
		applicants: draw ? [] : await applicantsFor(db, actor, held.id, await promisedSeats(db, held.programme_id))
	};
};

export const actions = {
	default: async ({ locals, params, request }) => {
		const key = formKeyOf(await request.formData(), request);
		const refused = await attemptOnce(locals, key, async (db) => void (await drawClass(db, locals.actor, locals.at, params.id)));
		if (refused) return refused;
		redirect(303, `/kelas/${params.id}/undian`);
	}
};
