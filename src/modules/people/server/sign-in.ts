import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { forgive, hit } from '#platform/rate-limit.ts';

/**
 * Failures counted per address and name together, and per address alone. Nothing is counted per account: who knows
 * only somebody's NIP could otherwise lock that person out. An office of hundreds shares one address, hence the
 * wide second limit, and a success takes its own hit back.
 */
const WINDOW_SECONDS = 15 * 60;
const PER_NAME = 6;
const PER_ADDRESS = 120;

type Purpose = 'sign-in' | 'reset' | 'token' | 'code';

const keysOf = (purpose: string, address: string, name: string): [string, string] => [
	`${purpose}:${address}:${name.toLowerCase().slice(0, 100)}`,
	`${purpose}:${address}`
];

/** Seconds to wait before another attempt, 0 when admitted; counts this one. */
export async function admitAttempt(db: Db, purpose: Purpose, address: string, name: string): Promise<number> {
	const [named, whole] = keysOf(purpose, address, name);
	const [a, b] = [await hit(db, named, PER_NAME, WINDOW_SECONDS), await hit(db, whole, PER_ADDRESS, WINDOW_SECONDS)];
	return Math.max(a, b);
}

export async function forgiveAttempt(db: Db, purpose: Purpose, address: string, name: string): Promise<void> {
	for (const key of keysOf(purpose, address, name)) await forgive(db, key);
}

export interface SignInAccount {
	id: string;
	email: string;
	locale: 'id' | 'en';
	theme: 'light' | 'dark' | null;
	auth_user_id: string | null;
}

/** The enabled account behind an e-mail or a NIP that is in force (spaces and a leading apostrophe do not matter). */
export async function accountByName(db: Db, name: string): Promise<SignInAccount | undefined> {
	const digits = name.replace(/[\s'’.-]/g, '');
	const { rows } = /^\d{18}$/.test(digits)
		? await sql<SignInAccount>`select a.id, a.email, a.locale, a.theme, a.auth_user_id from people.officer_numbers n
			join people.accounts a on a.officer_id = n.officer_id where n.number = ${digits} and n.valid_to is null and a.disabled_at is null`.execute(
				db
			)
		: await sql<SignInAccount>`select a.id, a.email, a.locale, a.theme, a.auth_user_id from people.accounts a
			where lower(a.email) = ${name.trim().toLowerCase()} and a.disabled_at is null`.execute(db);
	return rows[0];
}

/** `lanjut` of the sign-in page: a path of our own, never another site (`//host`, `/\host`). */
export const ownPath = (path: string): string => (/^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/');
