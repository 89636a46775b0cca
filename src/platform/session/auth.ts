import { betterAuth, type BetterAuthOptions } from 'better-auth';
import type { Kysely } from 'kysely';
import type { Db } from '../database/connection.ts';
import { newId } from '../ids.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

/** Public address when known (`SIGINJAI_ORIGIN`); otherwise the request's own host decides. */
export function authOptions(db: Db, secret: string, origin: string | undefined): BetterAuthOptions {
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
		session: { expiresIn: 30 * 24 * 3600, updateAge: 24 * 3600 },
		rateLimit: { enabled: false }, // ours, by account and address: see rate-limit.ts
		advanced: {
			cookiePrefix: 'siginjai',
			useSecureCookies: origin?.startsWith('https:') ?? false,
			database: { generateId: () => newId() }
		},
		telemetry: { enabled: false },
		logger: { disabled: true }
	};
}

export type Auth = ReturnType<typeof createAuth>;

export const createAuth = (db: Db, secret: string, origin: string | undefined) => betterAuth(authOptions(db, secret, origin));

/** Creates a sign-in user with a password; returns its id. Used by set-up, invitations and the demo. */
export async function createUser(auth: Auth, user: { email: string; name: string; password: string }): Promise<string> {
	const context = await auth.$context;
	const known = await context.internalAdapter.findUserByEmail(user.email.toLowerCase());
	const hash = await hashPassword(user.password);
	if (known) {
		// an invitation accepted twice, or cut off half-way: the same user, the newer password
		await setPasswordHash(auth, known.user.id, hash);
		return known.user.id;
	}
	const made = await context.internalAdapter.createUser({ email: user.email.toLowerCase(), name: user.name, emailVerified: true }, undefined);
	await setPasswordHash(auth, made.id, hash);
	return made.id;
}

async function setPasswordHash(auth: Auth, userId: string, hash: string): Promise<void> {
	const { internalAdapter } = await auth.$context;
	const accounts = await internalAdapter.findAccounts(userId);
	if (accounts.some((account) => account.providerId === 'credential')) await internalAdapter.updatePassword(userId, hash);
	else await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
}

/** Sets a new password and ends all sessions of the user. */
export async function resetPassword(auth: Auth, userId: string, password: string): Promise<void> {
	await setPasswordHash(auth, userId, await hashPassword(password));
	await (await auth.$context).internalAdapter.deleteUserSessions(userId);
}
