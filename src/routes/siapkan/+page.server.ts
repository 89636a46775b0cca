import { redirect } from '@sveltejs/kit';
import { setUpForm } from '#modules/people/forms.ts';
import { governmentName, installationIsEmpty, knownRegions, setUp } from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';
import { attemptOnce, parseForm } from '#platform/forms.ts';
import { newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { rememberDisplay, signIn } from '#platform/session/browser-session.ts';

export const load = async ({ locals }) => {
	if (!(await installationIsEmpty(locals.db))) throw new NotFound('set-up');
	return { formKey: newId(), regions: knownRegions().map((region) => ({ value: region.code, label: governmentName(region) })) };
};

export const actions = {
	default: async ({ locals, request, cookies, getClientAddress, url }) => {
		const form = await parseForm(setUpForm, request);
		if (!form.ok) return form.failure;
		const locale = getLocale();
		const made = await attemptOnce(locals, form.formKey, (db) => setUp(db, locals.at, form.values, locale), form.raw);
		if (!('accountId' in made)) return made;
		await signIn(locals.runtime.auth, { request, cookies, address: getClientAddress() }, form.values);
		rememberDisplay(cookies, url, { locale, theme: null });
		redirect(303, '/siapkan/lanjut');
	}
};
