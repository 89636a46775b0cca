/**
 * Users, passwords and sessions of the sign-in library written in the caller's transaction: an account and its
 * password stand or fall together, which the library's own connection cannot promise. The tables are better-auth's.
 */
import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import { newId } from '../ids.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

/** Creates a sign-in user with a password; answers its id. */
export async function addUser(db: Db, at: Date, user: { email: string; name: string; password: string }): Promise<string> {
	const id = newId();
	await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
		values (${id}, ${user.name}, ${user.email.toLowerCase()}, true, ${at}, ${at})`.execute(db);
	await setPassword(db, at, id, user.password);
	return id;
}

/** Sets the password and ends every session of the user, or every one but `keep` (a session id). */
export async function setPassword(db: Db, at: Date, userId: string, password: string, keep?: string): Promise<void> {
	const hash = await hashPassword(password);
	const changed = await sql`update auth.account set password = ${hash}, "updatedAt" = ${at}
		where "userId" = ${userId} and "providerId" = 'credential' returning id`.execute(db);
	if (changed.rows.length === 0)
		await sql`insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
			values (${newId()}, ${userId}, 'credential', ${userId}, ${hash}, ${at}, ${at})`.execute(db);
	await endSessions(db, userId, keep);
}

export async function passwordIsRight(db: Db, userId: string, password: string): Promise<boolean> {
	const { rows } = await sql<{
		password: string | null;
	}>`select password from auth.account where "userId" = ${userId} and "providerId" = 'credential'`.execute(db);
	return rows[0]?.password ? verifyPassword({ hash: rows[0].password, password }) : false;
}

export interface Session {
	id: string;
	began: Date;
	lastUsed: Date;
	address: string | null;
	device: string | null;
}

/** Sessions that still live, the newest first. */
export async function sessionsOf(db: Db, userId: string): Promise<Session[]> {
	const { rows } =
		await sql<Session>`select id, "createdAt" as began, "updatedAt" as "lastUsed", "ipAddress" as address, "userAgent" as device
		from auth.session where "userId" = ${userId} and "expiresAt" > now() order by "updatedAt" desc, id limit 100`.execute(db);
	return rows;
}

/** Ends one session of the user; false when it is not the user's. */
export async function endSession(db: Db, userId: string, sessionId: string): Promise<boolean> {
	const { rows } = await sql`delete from auth.session where id = ${sessionId} and "userId" = ${userId} returning id`.execute(db);
	return rows.length > 0;
}

export async function endSessions(db: Db, userId: string, keep?: string): Promise<void> {
	await sql`delete from auth.session where "userId" = ${userId} and id is distinct from ${keep ?? null}`.execute(db);
}
