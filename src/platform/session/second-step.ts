/** The second step of signing in: codes of an authenticator (TOTP, RFC 6238) and recovery codes. */
import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { Auth } from './auth.ts';
import { copyCookies, headersOf, type Client } from './browser-session.ts';

/** What an authenticator needs; shown once, while the person sets it up. */
export interface Enrolment {
	/** `otpauth://totp/…` for the QR. */
	uri: string;
	/** The same in letters, for typing. */
	secret: string;
	recoveryCodes: string[];
}

/** True while a code is asked for at sign-in. */
export async function secondStepIsOn(db: Db, userId: string): Promise<boolean> {
	const { rows } = await sql<{ on: boolean | null }>`select "twoFactorEnabled" as on from auth."user" where id = ${userId}`.execute(db);
	return rows[0]?.on === true;
}

/** Begins; nothing is asked at sign-in before a first code was given. Undefined when the password is wrong. */
export async function beginEnrolment(auth: Auth, client: Client, password: string, label: string): Promise<Enrolment | undefined> {
	const response = await auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: headersOf(client), asResponse: true });
	if (!response.ok) return undefined;
	const { totpURI, backupCodes } = (await response.json()) as { totpURI: string; backupCodes: string[] };
	const secret = new URL(totpURI).searchParams.get('secret')!;
	return { uri: enrolmentUri(label, secret), secret, recoveryCodes: backupCodes };
}

/** The library writes the sign-in address, which may be a placeholder; people know themselves by name or number. */
export const enrolmentUri = (label: string, secret: string): string =>
	`otpauth://totp/${encodeURIComponent('Siginjai')}:${encodeURIComponent(label)}?secret=${secret}&issuer=Siginjai`;

/** Gives a code: ends the enrolment, or opens the session that waits. False when it is wrong or too late. */
export async function giveCode(auth: Auth, client: Client, code: string): Promise<boolean> {
	const digits = code.replace(/\s/g, '');
	const ask = { headers: headersOf(client), asResponse: true } as const;
	const response = /^\d{6}$/.test(digits)
		? await auth.api.verifyTOTP({ body: { code: digits }, ...ask })
		: await auth.api.verifyBackupCode({ body: { code: digits }, ...ask });
	// a refusal may end the half-way too
	copyCookies(response, client.cookies);
	return response.ok;
}

/** False when the password is wrong. */
export async function turnOff(auth: Auth, client: Client, password: string): Promise<boolean> {
	const response = await auth.api.disableTwoFactor({ body: { password }, headers: headersOf(client), asResponse: true });
	if (response.ok) copyCookies(response, client.cookies);
	return response.ok;
}

/** New recovery codes; the old ones open nothing any more. Undefined when the password is wrong. */
export async function renewRecoveryCodes(auth: Auth, client: Client, password: string): Promise<string[] | undefined> {
	const response = await auth.api.generateBackupCodes({ body: { password }, headers: headersOf(client), asResponse: true });
	return response.ok ? ((await response.json()) as { backupCodes: string[] }).backupCodes : undefined;
}

/** Somebody lost the telephone and the codes: the administrator takes the second step away. */
export async function forgetSecondStep(db: Db, userId: string): Promise<void> {
	await sql`delete from auth."twoFactor" where "userId" = ${userId}`.execute(db);
	await sql`update auth."user" set "twoFactorEnabled" = false where id = ${userId}`.execute(db);
}

/** True in a browser that gave name and password and owes a code. */
export const owesCode = (cookies: { name: string }[]): boolean => cookies.some((cookie) => cookie.name.endsWith('siginjai.two_factor'));
