import { fail, redirect } from '@sveltejs/kit';
import { codeForm } from '#modules/people/forms.ts';
import { admitAttempt, forgiveAttempt, ownPath } from '#modules/people/server/index.ts';
import { parseForm } from '#platform/forms.ts';
import { sentence } from '#platform/sentences.ts';
import { giveCode, owesCode } from '#platform/session/second-step.ts';

export const load = async ({ locals, cookies, url }) => {
	const next = ownPath(url.searchParams.get('lanjut') ?? '/');
	if (locals.actor.accountId !== null) redirect(303, next);
	if (!owesCode(cookies.getAll())) redirect(303, `/masuk?lanjut=${encodeURIComponent(next)}`);
	return { next };
};

export const actions = {
	default: async ({ locals, request, cookies, getClientAddress }) => {
		const form = await parseForm(codeForm, request);
		if (!form.ok) return form.failure;
		const address = getClientAddress();
		const refuse = (status: number, key: string, params = {}) =>
			fail(status, { errors: { code: sentence(key, params) } as Record<string, string>, values: {} as Record<string, string> });
		const wait = await admitAttempt(locals.db, 'code', address, cookies.getAll().find((cookie) => owesCode([cookie]))?.value ?? '');
		if (wait > 0) return refuse(429, 'people_signin_wait', { minutes: Math.ceil(wait / 60) });
		if (!(await giveCode(locals.runtime.auth, { request, cookies, address }, form.values.code))) return refuse(400, 'people_code_wrong');
		await forgiveAttempt(locals.db, 'code', address, '');
		redirect(303, ownPath(form.values.lanjut));
	}
};
