import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { Db } from '../database/connection.ts';
import { newId } from '../ids.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

/** Seconds: a session ends so long after its last renewal, which the first page of a day brings. */
export const SESSION_LENGTH = 30 * 24 * 3600;
export const RENEWED_AFTER = 24 * 3600;

/** Public address when known (`SIGINJAI_ORIGIN`); otherwise the request's own host decides. */
export function authOptions(db: Db, secret: string, origin: string | undefined) {
	return {
		appName: 'Siginjai',
		secret,
		baseURL: origin ?? 'http://localhost',
		basePath: '/auth',
		trustedOrigins: origin ? [origin] : undefined,
		// eslint-disable-next-line @typescript-eslint/no-explicit-any
		database: { db: db.withSchema('auth') as unknown as Kysely<any>, type: 'postgres' },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: 10,
			maxPasswordLength: 200,
			password: { hash: hashPassword, verify: verifyPassword }
		},
		session: { expiresIn: SESSION_LENGTH, updateAge: RENEWED_AFTER },
		rateLimit: { enabled: false }, // ours, by account and address: see rate-limit.ts
		advanced: {
			cookiePrefix: 'siginjai',
			useSecureCookies: origin?.startsWith('https:') ?? false,
			database: { generateId: () => newId() }
		},
		// codes of an authenticator, and recovery codes kept encrypted; a lock of the account needs its password first
		plugins: [twoFactor({ issuer: 'Siginjai' })],
		telemetry: { enabled: false },
		logger: { disabled: true }
	} satisfies BetterAuthOptions;
}

export type Auth = ReturnType<typeof createAuth>;

export const createAuth = (db: Db, secret: string, origin: string | undefined) => betterAuth(authOptions(db, secret, origin));
