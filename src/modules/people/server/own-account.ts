import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { endSession, endSessions, passwordIsRight, sessionsOf, setPassword, type Session } from '#platform/session/credentials.ts';
import type { Acting, Role } from '../rules.ts';

/** One's own account: nobody else's can be named here. */
async function userIdOf(db: Db, actor: Actor): Promise<string> {
	const { rows } = await sql<{
		auth_user_id: string | null;
	}>`select auth_user_id from people.accounts where id = ${actor.accountId}`.execute(db);
	if (!rows[0]?.auth_user_id) throw new NotFound('account');
	return rows[0].auth_user_id;
}

export interface OwnGrant {
	id: string;
	role: Role;
	unit_name: string | null;
	organisation_name: string | null;
	acting: Acting | null;
	valid_from: string;
	valid_to: string | null;
}

/** Roles that one holds on the day of `at`; one that ended is gone by itself. */
export async function ownGrants(db: Db, actor: Actor, at: Date): Promise<OwnGrant[]> {
	const day = dayOf(at);
	const { rows } =
		await sql<OwnGrant>`select g.id, g.role, v.name as unit_name, o.name as organisation_name, g.acting, g.valid_from, g.valid_to
		from people.role_grants g left join people.unit_versions v on v.unit_id = g.unit_id and v.valid_to is null
		left join people.organisations o on o.id = g.organisation_id
		where g.account_id = ${actor.accountId} and g.valid_from <= ${day} and (g.valid_to is null or g.valid_to >= ${day})
		order by g.acting nulls first, g.granted_at, g.id`.execute(db);
	return rows;
}

export async function ownSessions(db: Db, actor: Actor): Promise<Session[]> {
	return sessionsOf(db, await userIdOf(db, actor));
}

export async function chooseLanguage(
	db: Db,
	actor: Actor,
	at: Date,
	input: { locale: 'id' | 'en'; theme: '' | 'light' | 'dark' }
): Promise<void> {
	if (actor.accountId === null) throw new NotFound('account');
	await sql`update people.accounts set locale = ${input.locale}, theme = ${input.theme || null} where id = ${actor.accountId}`.execute(db);
	await audit(db, actor, at, 'people.language_chosen', { type: 'account', id: actor.accountId }, input);
}

/** Ends every session but the one that asks. @throws Refusal when the present password is wrong */
export async function changePassword(
	db: Db,
	actor: Actor,
	at: Date,
	input: { current_password: string; password: string },
	sessionId: string | undefined
): Promise<void> {
	const userId = await userIdOf(db, actor);
	if (!(await passwordIsRight(db, userId, input.current_password)))
		throw new Refusal('people_refusal_password_wrong', { field: 'current_password' });
	await setPassword(db, at, userId, input.password, sessionId);
	await audit(db, actor, at, 'people.password_changed', { type: 'account', id: actor.accountId! });
}

export async function revokeSession(db: Db, actor: Actor, at: Date, sessionId: string): Promise<void> {
	if (!(await endSession(db, await userIdOf(db, actor), sessionId))) throw new NotFound('session');
	await audit(db, actor, at, 'people.session_revoked', { type: 'account', id: actor.accountId! });
}

export async function revokeOtherSessions(db: Db, actor: Actor, at: Date, keep: string | undefined): Promise<void> {
	await endSessions(db, await userIdOf(db, actor), keep);
	await audit(db, actor, at, 'people.sessions_revoked', { type: 'account', id: actor.accountId! });
}
