import { redirect } from '@sveltejs/kit';
import { isPlaceholder } from '#modules/people/index.ts';
import { choosePasswordForm } from '#modules/people/forms.ts';
import { acceptInvitation, invitationByToken } from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';
import { attempt, parseForm } from '#platform/forms.ts';
import { NotFound } from '#platform/refusal.ts';
import { rememberDisplay, signIn } from '#platform/session/browser-session.ts';

export const load = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	try {
		const { name, email, purpose, nip } = await invitationByToken(locals.db, locals.at, params.token);
		return { invitation: { name, purpose, email: isPlaceholder(email) ? null : email, byNumber: nip !== null } };
	} catch (cause) {
		if (cause instanceof NotFound) return { invitation: null };
		throw cause;
	}
};

export const actions = {
	default: async ({ locals, request, params, cookies, getClientAddress, url }) => {
		const form = await parseForm(choosePasswordForm, request);
		if (!form.ok) return form.failure;
		const locale = getLocale();
		const accepted = await attempt(
			() => locals.transaction((db) => acceptInvitation(db, locals.at, params.token, form.values.password, locale)),
			form.raw
		).catch((cause: unknown) => {
			// pressed twice: the first press used the link up, and its session is in this browser already
			if (cause instanceof NotFound) redirect(303, locals.actor.accountId === null ? `/undangan/${params.token}` : '/beranda');
			throw cause;
		});
		if (!('accountId' in accepted)) return accepted;
		const signedIn = await signIn(
			locals.runtime.auth,
			{ request, cookies, address: getClientAddress() },
			{ email: accepted.email, password: form.values.password }
		);
		rememberDisplay(cookies, url, { locale, theme: null });
		redirect(303, signedIn === 'second-step' ? '/masuk/kode' : '/beranda');
	}
};
