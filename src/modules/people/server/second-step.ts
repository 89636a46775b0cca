import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { endSessions } from '#platform/session/credentials.ts';
import { forgetSecondStep, secondStepIsOn } from '#platform/session/second-step.ts';
import { mayAdminister } from './access.ts';

export interface OwnSecondStep {
	on: boolean;
	/** What the authenticator shows beside "Siginjai": the number, else the address or name. */
	label: string;
}

export async function ownSecondStep(db: Db, actor: Actor): Promise<OwnSecondStep> {
	const { rows } = await sql<{ auth_user_id: string | null; nip: string | null; name: string }>`
		select a.auth_user_id, c.nip, a.name from people.accounts a left join people.officer_cards c on c.id = a.officer_id where a.id = ${actor.accountId}`.execute(
		db
	);
	if (!rows[0]?.auth_user_id) throw new NotFound('account');
	return { on: await secondStepIsOn(db, rows[0].auth_user_id), label: rows[0].nip ?? rows[0].name };
}

/** Kept in the trail beside what the sign-in library wrote. */
export async function secondStepChanged(db: Db, actor: Actor, at: Date, what: 'on' | 'off' | 'codes_renewed'): Promise<void> {
	if (actor.accountId === null) throw new NotFound('account');
	await audit(db, actor, at, `people.second_step_${what}`, { type: 'account', id: actor.accountId });
}

/** For somebody who lost telephone and codes: takes the second step away and ends every session. */
export async function removeSecondStep(db: Db, actor: Actor, at: Date, accountId: string): Promise<void> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	const { rows } = await sql<{ auth_user_id: string | null }>`select auth_user_id from people.accounts where id = ${accountId}`.execute(db);
	const userId = rows[0]?.auth_user_id;
	if (!userId || !(await secondStepIsOn(db, userId))) throw new NotFound('second step');
	await forgetSecondStep(db, userId);
	await endSessions(db, userId);
	await audit(db, actor, at, 'people.second_step_removed', { type: 'account', id: accountId });
}
