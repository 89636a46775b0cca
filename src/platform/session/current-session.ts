/**
 * The session that a request belongs to. The sign-in library's own reading costs a millisecond of every page; here its
 * cookie is checked and its table read in the caller's question. Renewal, and whatever is not plainly a living session,
 * stays with the library.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { sql, type RawBuilder } from 'kysely';
import { RENEWED_AFTER, SESSION_LENGTH, type Auth } from './auth.ts';
import { copyCookies, headersOf, type Client } from './browser-session.ts';

/** The token in the cookie, when its signature is ours: `token.signature`, HMAC-SHA-256 in base64. */
export async function sessionToken(auth: Auth, cookies: Pick<Cookies, 'get'>): Promise<string | undefined> {
	const { secret, authCookies } = await auth.$context;
	const [, token, signature] = /^(.+)\.([^.]{44})$/.exec(cookies.get(authCookies.sessionToken.name) ?? '') ?? [];
	if (!token || !signature) return undefined;
	const [given, ours] = [Buffer.from(signature, 'base64'), createHmac('sha256', secret).update(token).digest()];
	return given.length === ours.length && timingSafeEqual(given, ours) ? token : undefined;
}

/** Scalar: the user of a session that lives and is not to be renewed yet. */
export const userOfSession = (token: string): RawBuilder<string> =>
	sql<string>`(select "userId" from auth.session where token = ${token} and "expiresAt" > now() + make_interval(secs => ${SESSION_LENGTH - RENEWED_AFTER}))`;

/** The user of the session by the library, which renews it in its table and in the browser, or ends it. */
export async function renewedSession(auth: Auth, client: Client): Promise<string | undefined> {
	const { headers, response } = await auth.api.getSession({ headers: headersOf(client), returnHeaders: true });
	copyCookies({ headers }, client.cookies);
	return response?.user.id;
}
