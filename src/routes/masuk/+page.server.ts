import { fail, redirect } from '@sveltejs/kit';
import { signInForm } from '#modules/people/forms.ts';
import { accountByName, admitAttempt, forgiveAttempt, governments, installationIsEmpty, ownPath } from '#modules/people/server/index.ts';
import { parseForm } from '#platform/forms.ts';
import { sentence } from '#platform/sentences.ts';
import { rememberDisplay, signIn } from '#platform/session/browser-session.ts';

export const load = async ({ locals, url }) => {
	const next = ownPath(url.searchParams.get('lanjut') ?? '/');
	if (locals.actor.accountId !== null) redirect(303, next);
	if (await installationIsEmpty(locals.db)) redirect(303, '/siapkan');
	return { next, government: (await governments(locals.db))[0]?.name ?? null };
};

export const actions = {
	default: async ({ locals, request, cookies, getClientAddress, url }) => {
		const form = await parseForm(signInForm, request);
		if (!form.ok) return form.failure;
		const { name, password, lanjut } = form.values;
		const refuse = (status: number, key: string, params = {}) =>
			fail(status, { errors: { _: sentence(key, params) } as Record<string, string>, values: { name } as Record<string, string> });
		const address = getClientAddress();
		const wait = await admitAttempt(locals.db, 'sign-in', address, name);
		if (wait > 0) return refuse(429, 'people_signin_wait', { minutes: Math.ceil(wait / 60) });
		const account = await accountByName(locals.db, name);
		// an unknown name costs the same time as a known one: the library hashes all the same
		const signedIn = await signIn(
			locals.runtime.auth,
			{ request, cookies, address },
			{ email: account?.email ?? 'nobody@akun.invalid', password }
		);
		if (!account || signedIn === 'refused') return refuse(400, 'people_signin_wrong');
		await forgiveAttempt(locals.db, 'sign-in', address, name);
		rememberDisplay(cookies, url, account);
		if (signedIn === 'second-step') redirect(303, `/masuk/kode?lanjut=${encodeURIComponent(ownPath(lanjut))}`);
		redirect(303, ownPath(lanjut));
	}
};
