/** A session read in our own question says what the sign-in library says, and leaves renewal to it. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { createAuth, type Auth } from './auth.ts';
import { signIn, type Client } from './browser-session.ts';
import { addUser, endSessions } from './credentials.ts';
import { renewedSession, sessionToken, userOfSession } from './current-session.ts';

const password = 'kata sandi yang panjang';
const DAY = 24 * 3600;
let world: World;
let auth: Auth;
let ratna: string;
beforeAll(async () => {
	world = await openWorld();
	auth = createAuth(world.db, 'a secret of the test, long enough to be one', undefined);
	ratna = await addUser(world.db, new Date(), { email: 'ratna@jambi.example', name: 'Ratna', password });
});
beforeEach(() => endSessions(world.db, ratna));
afterAll(() => world.close());

/** A browser with its cookies; `set` holds what the server wrote, with the age of each. */
function browser() {
	const set = new Map<string, { value: string; maxAge?: number }>();
	const cookies = {
		get: (name: string) => set.get(name)?.value,
		set: (name: string, value: string, options: { maxAge?: number }) =>
			void set.set(name, { value: decodeURIComponent(value), maxAge: options.maxAge })
	} as unknown as Client['cookies'];
	const client = (): Client => ({
		cookies,
		address: '127.0.0.1',
		request: new Request('http://localhost/', {
			headers: { cookie: [...set].map(([name, { value }]) => `${name}=${encodeURIComponent(value)}`).join('; ') }
		})
	});
	return { set, cookies, client };
}

async function signedIn() {
	const phone = browser();
	expect(await signIn(auth, phone.client(), { email: 'ratna@jambi.example', password })).toBe('signed-in');
	return phone;
}

type Browser = ReturnType<typeof browser>;
const ours = async ({ cookies }: Browser) => {
	const token = await sessionToken(auth, cookies);
	return token && (await sql<{ id: string | null }>`select ${userOfSession(token)} as id`.execute(world.db)).rows[0]!.id;
};
const theirs = async (phone: Browser) => (await auth.api.getSession({ headers: phone.client().request.headers }))?.user.id;

test('a living session is its user to both', async () => {
	const phone = await signedIn();
	expect(await ours(phone)).toBe(ratna);
	expect(await theirs(phone)).toBe(ratna);
});

test.each([
	['a letter of the token', (value: string) => (value.startsWith('a') ? 'b' : 'a') + value.slice(1)],
	[
		'a letter of the signature',
		(value: string) => value.replace(/\..(.*)$/, (_, rest) => `.${value.at(value.lastIndexOf('.') + 1) === 'A' ? 'B' : 'A'}${rest}`)
	],
	['no signature', (value: string) => value.slice(0, value.lastIndexOf('.'))],
	['an empty signature', (value: string) => value.slice(0, value.lastIndexOf('.') + 1)],
	['nothing', () => '']
])('a cookie that differs by %s is nobody to both', async (_, change) => {
	const phone = await signedIn();
	for (const cookie of phone.set.values()) cookie.value = change(cookie.value);
	expect(await ours(phone)).toBeFalsy();
	expect(await theirs(phone)).toBeUndefined();
});

test('a signature by another secret is nobody to both', async () => {
	const phone = await signedIn();
	const stranger = createAuth(world.db, 'another secret, as long as the first one', undefined);
	expect(await sessionToken(stranger, phone.cookies)).toBeUndefined();
	expect(await stranger.api.getSession({ headers: phone.client().request.headers })).toBeNull();
});

test('a session that was ended or has run out is nobody to both', async () => {
	const ended = await signedIn();
	await endSessions(world.db, ratna);
	expect(await ours(ended)).toBeNull();
	expect(await theirs(ended)).toBeUndefined();

	const old = await signedIn();
	await sql`update auth.session set "expiresAt" = now() - interval '1 second'`.execute(world.db);
	expect(await ours(old)).toBeNull();
	expect(await renewedSession(auth, old.client())).toBeUndefined();
});

test('a day after its renewal the library renews it, in its table and in the browser', async () => {
	const phone = await signedIn();
	await sql`update auth.session set "expiresAt" = now() + make_interval(secs => ${29 * DAY - 60})`.execute(world.db);
	for (const cookie of phone.set.values()) delete cookie.maxAge;
	expect(await ours(phone)).toBeNull();
	expect(await renewedSession(auth, phone.client())).toBe(ratna);
	expect([...phone.set.values()].map(({ maxAge }) => maxAge)).toEqual([30 * DAY]);
	expect(await ours(phone)).toBe(ratna);
});

test('behind https the cookie has the name that browsers keep to https', async () => {
	const secure = createAuth(world.db, 'a secret of the test, long enough to be one', 'https://siginjai.jambi.example');
	const phone = await signedIn();
	const [cookie] = phone.set.values();
	phone.set.clear();
	phone.set.set('__Secure-siginjai.session_token', cookie!);
	expect(await sessionToken(secure, phone.cookies)).toBeTruthy();
	expect(await sessionToken(auth, phone.cookies)).toBeUndefined();
});
