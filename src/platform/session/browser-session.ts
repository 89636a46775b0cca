import type { Cookies } from '@sveltejs/kit';
import type { Auth } from './auth.ts';

/** What the edge knows of a request; the library wants the address in a header. */
export interface Client {
	request: Request;
	cookies: Cookies;
	address: string;
}

export const headersOf = (client: Client): Headers =>
	new Headers({
		'user-agent': client.request.headers.get('user-agent') ?? '',
		'x-forwarded-for': client.address,
		cookie: client.request.headers.get('cookie') ?? ''
	});

/**
 * Opens a session and hands its cookie to the browser. `second-step`: name and password are right, and the account wants
 * a code besides; until it is given there is no session, only a short-lived cookie of the half-way.
 */
export async function signIn(
	auth: Auth,
	client: Client,
	credentials: { email: string; password: string }
): Promise<'signed-in' | 'second-step' | 'refused'> {
	const headers = headersOf(client);
	headers.delete('cookie');
	const response = await auth.api.signInEmail({
		body: { email: credentials.email.toLowerCase(), password: credentials.password },
		headers,
		asResponse: true
	});
	if (!response.ok) return 'refused';
	copyCookies(response, client.cookies);
	const answer = (await response.json()) as { twoFactorRedirect?: boolean };
	return answer.twoFactorRedirect ? 'second-step' : 'signed-in';
}

export async function signOut(auth: Auth, client: Client): Promise<void> {
	copyCookies(await auth.api.signOut({ headers: headersOf(client), asResponse: true }), client.cookies);
}

/** The session that asks, when there is one. */
export async function sessionIdOf(auth: Auth, request: Request): Promise<string | undefined> {
	return (await auth.api.getSession({ headers: request.headers }))?.session.id;
}

const YEAR = 365 * 24 * 3600;

/** Language and colours follow the account to this device; script reads them, so they are not hidden from it. */
export function rememberDisplay(cookies: Cookies, url: URL, display: { locale: 'id' | 'en'; theme: 'light' | 'dark' | null }): void {
	const options = { path: '/', maxAge: YEAR, httpOnly: false, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
	cookies.set('siginjai_locale', display.locale, options);
	if (display.theme) cookies.set('siginjai_theme', display.theme, options);
}

export function copyCookies(response: Pick<Response, 'headers'>, cookies: Cookies): void {
	for (const line of response.headers.getSetCookie()) {
		const [pair, ...attributes] = line.split(/;\s*/);
		const [name, ...value] = pair!.split('=');
		const attribute = (wanted: string) => attributes.find((text) => text.toLowerCase().startsWith(wanted));
		const maxAge = attribute('max-age=')?.slice(8);
		cookies.set(name!, value.join('='), {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: attribute('secure') !== undefined,
			...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
			encode: (text) => text // signed and encoded by the library already
		});
	}
}
