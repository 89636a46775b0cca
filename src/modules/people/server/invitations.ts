import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { systemActor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { sendMail } from '#platform/mail/mail.ts';
import { NotFound } from '#platform/refusal.ts';
import { addUser, setPassword } from '#platform/session/credentials.ts';
import { isPlaceholder } from '../rules.ts';
import { mayAdminister } from './access.ts';
import { invitationMail, resetMail } from './mails.ts';

/** Where links point to, and the key that makes their tokens. */
export interface LinkBase {
	origin: string;
	secret: string;
}

/** `SIGINJAI_ORIGIN` where the address is known, else that of the request. */
export const linkBase = (auth: { options: { secret?: string | undefined } }, url: URL): LinkBase => ({
	origin: (process.env.SIGINJAI_ORIGIN || url.origin).replace(/\/$/, ''),
	secret: auth.options.secret!
});

export type Purpose = 'invitation' | 'reset';
const LIFE_MILLISECONDS: Record<Purpose, number> = { invitation: 7 * 86_400_000, reset: 3_600_000 };
/** A link handed over on paper must outlive the walk to the person. */
const HANDED_OVER_MILLISECONDS = 7 * 86_400_000;

/**
 * The token is made from the invitation's id with the installation's secret, so that an administrator can be shown
 * an open link again, while the database alone (which keeps the hash) opens nothing.
 */
const tokenOf = (base: LinkBase, id: string): string => createHmac('sha256', base.secret).update(`invitation:${id}`).digest('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
export const linkOf = (base: LinkBase, id: string): string => `${base.origin}/undangan/${tokenOf(base, id)}`;

interface Addressee {
	id: string;
	name: string;
	email: string;
	locale: 'id' | 'en';
}

/** One link for each account, older open ones of them end; mailed where there is an address. */
export async function inviteAccounts(
	db: Db,
	actor: Actor,
	at: Date,
	accountIds: string[],
	purpose: Purpose,
	base: LinkBase
): Promise<{ invited: number; withoutMail: number }> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	const known = await sql`select 1 from people.accounts where id = any(${accountIds}::uuid[])`.execute(db);
	if (known.rows.length !== new Set(accountIds).size) throw new NotFound('account');
	return issue(db, actor, at, accountIds, purpose, base, actor.accountId);
}

/** A reset that the person asked for; silent when the account never accepted its invitation: then that is sent again. */
export async function requestReset(db: Db, at: Date, account: { id: string; auth_user_id: string | null }, base: LinkBase): Promise<void> {
	await issue(db, { ...systemActor, accountId: account.id }, at, [account.id], account.auth_user_id ? 'reset' : 'invitation', base, null);
}

async function issue(db: Db, actor: Actor, at: Date, accountIds: string[], purpose: Purpose, base: LinkBase, by: string | null) {
	if (accountIds.length === 0) return { invited: 0, withoutMail: 0 };
	const { rows } =
		await sql<Addressee>`select id, name, email, locale from people.accounts where id = any(${accountIds}::uuid[]) and disabled_at is null`.execute(
			db
		);
	await sql`update people.invitations set expires_at = ${at} where account_id = any(${accountIds}::uuid[]) and used_at is null and expires_at > ${at}`.execute(
		db
	);
	const made = rows.map((account) => {
		const id = newId();
		const life = by !== null && isPlaceholder(account.email) ? HANDED_OVER_MILLISECONDS : LIFE_MILLISECONDS[purpose];
		return { account, id, account_id: account.id, token_sha256: hashOf(tokenOf(base, id)), expires_at: new Date(at.getTime() + life) };
	});
	await sql`insert into people.invitations (id, account_id, token_sha256, purpose, created_by, created_at, expires_at)
		select id, account_id, token_sha256, ${purpose}, ${by}, ${at}, expires_at
		from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as t(id uuid, account_id uuid, token_sha256 text, expires_at timestamptz)`.execute(
		db
	);
	for (const { account, id, expires_at } of made) {
		if (!isPlaceholder(account.email))
			await sendMail(db, (purpose === 'reset' ? resetMail : invitationMail)(account, linkOf(base, id), expires_at));
		await audit(db, actor, at, `people.${purpose}_issued`, { type: 'account', id: account.id });
	}
	return { invited: made.length, withoutMail: made.filter(({ account }) => isPlaceholder(account.email)).length };
}

export interface OpenInvitation {
	id: string;
	account_id: string;
	purpose: Purpose;
	name: string;
	email: string;
	nip: string | null;
	locale: 'id' | 'en';
	expires_at: Date;
	auth_user_id: string | null;
}

/** @throws NotFound when the link was used, has expired or never was */
export async function invitationByToken(db: Db, at: Date, token: string): Promise<OpenInvitation> {
	const { rows } =
		await sql<OpenInvitation>`select i.id, i.account_id, i.purpose, i.expires_at, a.name, a.email, a.locale, a.auth_user_id, c.nip
		from people.invitations i join people.accounts a on a.id = i.account_id and a.disabled_at is null
		left join people.officer_cards c on c.id = a.officer_id
		where i.token_sha256 = ${hashOf(token)} and i.used_at is null and i.expires_at > ${at}`.execute(db);
	if (!rows[0]) throw new NotFound('invitation');
	return rows[0];
}

/** Chooses the password by a link, and with it the language of the page: single use, every older session of the person ends. */
export async function acceptInvitation(
	db: Db,
	at: Date,
	token: string,
	password: string,
	locale: 'id' | 'en'
): Promise<{ accountId: string; email: string }> {
	const invitation = await invitationByToken(db, at, token);
	const used =
		await sql`update people.invitations set used_at = ${at} where id = ${invitation.id} and used_at is null returning id`.execute(db);
	if (used.rows.length === 0) throw new NotFound('invitation');
	if (invitation.auth_user_id) await setPassword(db, at, invitation.auth_user_id, password);
	else {
		const userId = await addUser(db, at, { email: invitation.email, name: invitation.name, password });
		await sql`update people.accounts set auth_user_id = ${userId} where id = ${invitation.account_id}`.execute(db);
	}
	await sql`update people.accounts set locale = ${locale} where id = ${invitation.account_id}`.execute(db);
	await audit(
		db,
		{ ...systemActor, accountId: invitation.account_id },
		at,
		'people.password_chosen',
		{ type: 'account', id: invitation.account_id },
		{ purpose: invitation.purpose }
	);
	return { accountId: invitation.account_id, email: invitation.email };
}

/** Open links that an administrator made, for handing over; `after` is the last name and id of the page before. */
export async function openInvitations(
	db: Db,
	actor: Actor,
	at: Date,
	base: LinkBase,
	options: { withoutMailOnly: boolean; accountId?: string; after?: { name: string; id: string }; limit?: number }
) {
	if (!mayAdminister(actor)) throw new NotFound('invitation');
	const { rows } = await sql<{
		id: string;
		account_id: string;
		name: string;
		email: string;
		nip: string | null;
		unit_name: string | null;
		purpose: Purpose;
		expires_at: Date;
	}>`
		select i.id, a.id as account_id, a.name, a.email, i.purpose, i.expires_at, c.nip, c.unit_name
		from people.invitations i join people.accounts a on a.id = i.account_id and a.disabled_at is null
		left join people.officer_cards c on c.id = a.officer_id
		where i.used_at is null and i.expires_at > ${at} and i.created_by is not null
			${options.withoutMailOnly ? sql`and a.email like '%@akun.invalid'` : sql``}
			${options.accountId ? sql`and a.id = ${options.accountId}` : sql``}
			${options.after ? sql`and (a.name, a.id) > (${options.after.name}, ${options.after.id}::uuid)` : sql``}
		order by a.name, a.id limit ${options.limit ?? 100}`.execute(db);
	return rows.map((row) => ({ ...row, link: linkOf(base, row.id) }));
}
