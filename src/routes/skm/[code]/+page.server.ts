import { error, fail, redirect } from '@sveltejs/kit';
import { dayOf } from '#platform/clock.ts';
import { parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { hit } from '#platform/rate-limit.ts';
import { sentence } from '#platform/sentences.ts';
import { skmForm } from '#modules/service/index.ts';
import { questionsOn, respond, serviceUnitByCode } from '#modules/service/server/index.ts';

/** A counter's shared tablet answers many times an hour; a flood does not pass. */
const ANSWERS = 60;
const WINDOW_SECONDS = 600;

export const load = async ({ locals, params }) => {
	const unit = await serviceUnitByCode(locals.db, params.code);
	if (!unit) error(404, 'not found');
	return { unit, responseId: newId(), questions: await questionsOn(locals.db, dayOf(locals.at)) };
};

export const actions = {
	default: async ({ locals, params, request, getClientAddress }) => {
		const wait = await hit(locals.db, `skm:${getClientAddress()}`, ANSWERS, WINDOW_SECONDS);
		if (wait > 0) return fail(429, { errors: { _: sentence('service_too_many', { seconds: wait }) }, values: {} });
		const form = await parseForm(skmForm, request);
		if (!form.ok) return form.failure;
		await locals.transaction((db) => respond(db, locals.at, params.code, form.values));
		redirect(303, `/skm/${params.code}/terima-kasih`);
	}
};
