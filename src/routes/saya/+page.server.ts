import { redirect } from '@sveltejs/kit';
import { isPlaceholder } from '#modules/people/index.ts';
import { changePasswordForm, languageForm, sessionForm } from '#modules/people/forms.ts';
import {
	changePassword,
	chooseLanguage,
	officerCard,
	ownGrants,
	ownSessions,
	revokeOtherSessions,
	revokeSession
} from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';
import { attempt, parseForm } from '#platform/forms.ts';
import { rememberDisplay, sessionIdOf } from '#platform/session/browser-session.ts';

export const load = async ({ locals, request, cookies, url }) => {
	const { actor, db } = locals;
	const current = await sessionIdOf(locals.runtime.auth, request);
	const card = actor.officerId ? await officerCard(db, actor.officerId) : null;
	return {
		name: actor.name,
		email: actor.email && !isPlaceholder(actor.email) ? actor.email : null,
		card: card && { id: card.id, nip: card.nip, post: card.post_name, unit: card.unit_name },
		grants: await ownGrants(db, actor, locals.at),
		locale: getLocale(),
		theme: cookies.get('siginjai_theme') ?? '',
		sessions: (await ownSessions(db, actor)).map((session) => ({ ...session, current: session.id === current })),
		done: url.searchParams.get('selesai')
	};
};

export const actions = {
	display: async ({ locals, request, cookies, url }) => {
		const form = await parseForm(languageForm, request);
		if (!form.ok) return form.failure;
		await locals.transaction((db) => chooseLanguage(db, locals.actor, locals.at, form.values));
		if (form.values.theme === '') cookies.delete('siginjai_theme', { path: '/' });
		rememberDisplay(cookies, url, { locale: form.values.locale, theme: form.values.theme || null });
		redirect(303, '/saya?selesai=tampilan');
	},
	password: async ({ locals, request }) => {
		const session = await sessionIdOf(locals.runtime.auth, request);
		const form = await parseForm(changePasswordForm, request);
		if (!form.ok) return form.failure;
		const refused = await attempt(
			() => locals.transaction((db) => changePassword(db, locals.actor, locals.at, form.values, session)),
			form.raw
		);
		if (refused) return refused;
		redirect(303, '/saya?selesai=sandi');
	},
	session: async ({ locals, request }) => {
		const form = await parseForm(sessionForm, request);
		if (!form.ok) return form.failure;
		await locals.transaction((db) => revokeSession(db, locals.actor, locals.at, form.values.session));
		redirect(303, '/saya?selesai=perangkat');
	},
	others: async ({ locals, request }) => {
		const session = await sessionIdOf(locals.runtime.auth, request);
		await locals.transaction((db) => revokeOtherSessions(db, locals.actor, locals.at, session));
		redirect(303, '/saya?selesai=perangkat');
	}
};
