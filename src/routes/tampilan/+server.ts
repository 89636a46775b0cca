import { redirect } from '@sveltejs/kit';
import { chooseLanguage, ownPath } from '#modules/people/server/index.ts';
import { getLocale } from '#paraglide/runtime.js';

const YEAR = 365 * 24 * 3600;
const THEMES = ['light', 'dark', ''] as const;

const member = <T extends string>(list: readonly T[], value: unknown): T | undefined => list.find((one) => one === value);

/** Keeps the choice in a cookie, and with the account where there is one, so that mail and the next device know it. */
export const POST = async ({ request, cookies, locals, url }) => {
	const form = await request.formData();
	const locale = member(['id', 'en'] as const, form.get('locale')) ?? getLocale();
	const theme = member(THEMES, form.get('theme')) ?? member(THEMES, cookies.get('siginjai_theme')) ?? '';
	const { actor, at } = locals;
	if (actor.accountId !== null) await locals.transaction((db) => chooseLanguage(db, actor, at, { locale, theme }));
	// readable by script: the language of what is drawn in the browser comes from it
	const options = { path: '/', maxAge: YEAR, httpOnly: false, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
	cookies.set('siginjai_locale', locale, options);
	if (theme === '') cookies.delete('siginjai_theme', options);
	else cookies.set('siginjai_theme', theme, options);
	redirect(303, ownPath(String(form.get('kembali') ?? '/')));
};

export const GET = () => redirect(303, '/');
