import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { endSessions } from '#platform/session/credentials.ts';
import { placeholderEmail, UNIT_ROLES, type Acting, type Role } from '../rules.ts';
import { mayAdminister } from './access.ts';
import { inviteAccounts, type LinkBase } from './invitations.ts';
import { isFound } from './search.ts';

export interface AccountRow {
	id: string;
	name: string;
	email: string;
	officer_id: string | null;
	unit_name: string | null;
	organisation_name: string | null;
	roles: Role[];
	/** `active`, `invited` (an open link), `expired` (the link ran out unused) or `disabled`. */
	state: 'active' | 'invited' | 'expired' | 'disabled';
}

const stateOf = (at: Date) => sql`case when a.disabled_at is not null then 'disabled' when a.auth_user_id is not null then 'active'
	when exists (select 1 from people.invitations i where i.account_id = a.id and i.used_at is null and i.expires_at > ${at}) then 'invited' else 'expired' end`;

export interface AccountFilter {
	search?: string;
	role?: string;
	state?: string;
	after?: { name: string; id: string } | undefined;
	limit?: number;
}

/** Accounts by name, paged by key. */
export async function accounts(db: Db, actor: Actor, at: Date, filter: AccountFilter): Promise<AccountRow[]> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	const { rows } = await sql<AccountRow>`
		select a.id, a.name, a.email, a.officer_id, c.unit_name, o.name as organisation_name, ${stateOf(at)} as state,
			coalesce((select jsonb_agg(distinct g.role) from people.role_grants g where g.account_id = a.id and ${inForce(at)}), '[]') as roles
		from people.accounts a
		left join people.officer_cards c on c.id = a.officer_id
		left join people.organisations o on o.id = a.organisation_id
		where true
			${filter.search?.trim() ? sql`and (lower(a.name) like ${`%${filter.search.toLowerCase()}%`} or lower(a.email) like ${`%${filter.search.toLowerCase()}%`} or ${isFound(actor, filter.search, sql`c.id`)})` : sql``}
			${filter.role ? sql`and exists (select 1 from people.role_grants g where g.account_id = a.id and g.role = ${filter.role} and ${inForce(at)})` : sql``}
			${filter.state ? sql`and ${stateOf(at)} = ${filter.state}` : sql``}
			${filter.after ? sql`and (a.name, a.id) > (${filter.after.name}, ${filter.after.id}::uuid)` : sql``}
		order by a.name, a.id limit ${filter.limit ?? 50}`.execute(db);
	return rows;
}

const inForce = (at: Date): RawBuilder<boolean> =>
	sql<boolean>`g.valid_from <= ${dayOf(at)} and (g.valid_to is null or g.valid_to >= ${dayOf(at)})`;

export interface GrantRow {
	id: string;
	role: Role;
	unit_name: string | null;
	organisation_name: string | null;
	valid_from: string;
	valid_to: string | null;
	acting: Acting | null;
	granted_by_name: string | null;
}

export async function account(db: Db, actor: Actor, at: Date, id: string) {
	if (!mayAdminister(actor) || !isId(id)) throw new NotFound('account');
	const { rows } = await sql<AccountRow & { created_at: Date; auth_user_id: string | null; nip: string | null; second_step: boolean }>`
		select a.id, a.name, a.email, a.officer_id, a.auth_user_id, a.created_at, c.unit_name, c.nip, o.name as organisation_name, ${stateOf(at)} as state, '[]'::jsonb as roles,
			coalesce((select w."twoFactorEnabled" from auth."user" w where w.id = a.auth_user_id), false) as second_step
		from people.accounts a left join people.officer_cards c on c.id = a.officer_id left join people.organisations o on o.id = a.organisation_id
		where a.id = ${id}`.execute(db);
	if (!rows[0]) throw new NotFound('account');
	const grants = await sql<GrantRow>`
		select g.id, g.role, v.name as unit_name, o.name as organisation_name, g.valid_from, g.valid_to, g.acting, b.name as granted_by_name
		from people.role_grants g
		left join people.unit_versions v on v.unit_id = g.unit_id and v.valid_to is null
		left join people.organisations o on o.id = g.organisation_id
		left join people.accounts b on b.id = g.granted_by
		where g.account_id = ${id} and (g.valid_to is null or (g.valid_to >= ${dayOf(at)} and g.valid_to >= g.valid_from)) order by g.granted_at, g.id`.execute(
		db
	);
	return { ...rows[0], grants: grants.rows };
}

/** Somebody who is no officer: a partner, a trainer from outside, a second administrator. */
export async function createAccount(
	db: Db,
	actor: Actor,
	at: Date,
	input: { name: string; email: string; role: Role; unit: string; organisation: string },
	base: LinkBase
): Promise<{ id: string }> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	if (input.email) {
		const known = await sql`select 1 from people.accounts where lower(email) = lower(${input.email})`.execute(db);
		if (known.rows.length > 0) throw new Refusal('people_refusal_email_known', { field: 'email' });
	}
	const id = newId();
	await sql`insert into people.accounts (id, name, email, organisation_id, created_at)
		values (${id}, ${input.name}, ${input.email || placeholderEmail(id)}, ${input.role === 'partner' ? input.organisation || null : null}, ${at})`.execute(
		db
	);
	await audit(db, actor, at, 'people.account_created', { type: 'account', id });
	await grantRole(db, actor, at, id, { role: input.role, unit: input.unit, organisation: input.organisation });
	await inviteAccounts(db, actor, at, [id], 'invitation', base);
	return { id };
}

export async function grantRole(
	db: Db,
	actor: Actor,
	at: Date,
	accountId: string,
	input: { role: Role; unit?: string; organisation?: string; acting?: Acting | ''; from?: string; until?: string }
): Promise<void> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	const unitId = UNIT_ROLES.includes(input.role) ? input.unit || null : null;
	const organisationId = input.role === 'partner' ? input.organisation || null : null;
	// a superior or training officer of everything would see everybody: that is another role
	if ((input.role === 'superior' || input.role === 'training_officer') && !unitId)
		throw new Refusal('people_refusal_unit_needed', { field: 'unit' });
	if (input.role === 'partner' && !organisationId) throw new Refusal('people_refusal_organisation_needed', { field: 'organisation' });
	const acting = input.acting || null;
	if (acting && !unitId) throw new Refusal('people_refusal_acting_needs_unit', { field: 'unit' });
	if (acting && !input.until) throw new Refusal('people_refusal_acting_needs_until', { field: 'until' });
	const from = input.from || dayOf(at);
	if (input.until && input.until < from) throw new Refusal('people_refusal_until_before_from', { field: 'until' });
	// two at once: the second waits here and then finds the first one's grant
	await sql`select 1 from people.accounts where id = ${accountId} for update`.execute(db);
	const made = await sql<{
		id: string;
	}>`insert into people.role_grants (id, account_id, role, unit_id, organisation_id, granted_by, granted_at, valid_from, valid_to, acting)
		select ${newId()}, a.id, ${input.role}, ${unitId}, ${organisationId}, ${actor.accountId}, ${at}, ${from}, ${input.until || null}, ${acting} from people.accounts a
		where a.id = ${accountId} and not exists (select 1 from people.role_grants g where g.account_id = a.id and g.role = ${input.role}
			and g.acting is not distinct from ${acting}
			and g.unit_id is not distinct from ${unitId} and g.organisation_id is not distinct from ${organisationId}
			and g.valid_from <= ${from} and (g.valid_to is null or g.valid_to >= ${input.until || '9999-12-31'}))
		returning id`.execute(db);
	if (made.rows[0])
		await audit(
			db,
			actor,
			at,
			'people.role_granted',
			{ type: 'account', id: accountId },
			{
				role: input.role,
				unitId,
				organisationId,
				...(acting ? { acting, until: input.until } : {})
			}
		);
}

/** Ends a grant at once. */
export async function endGrant(db: Db, actor: Actor, at: Date, accountId: string, grantId: string): Promise<void> {
	if (!mayAdminister(actor)) throw new NotFound('grant');
	const { rows } = await sql<{ role: Role }>`update people.role_grants set valid_to = ${dayOf(at)}::date - 1
		where id = ${grantId} and account_id = ${accountId} and (valid_to is null or valid_to >= ${dayOf(at)}) returning role`.execute(db);
	if (!rows[0]) throw new NotFound('grant');
	if (rows[0].role === 'administrator') await keepOneAdministrator(db, at);
	await audit(db, actor, at, 'people.role_ended', { type: 'account', id: accountId }, { grantId, role: rows[0].role });
}

export async function disableAccount(db: Db, actor: Actor, at: Date, id: string): Promise<void> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	const { rows } = await sql<{
		auth_user_id: string | null;
	}>`update people.accounts set disabled_at = ${at} where id = ${id} and disabled_at is null returning auth_user_id`.execute(db);
	if (!rows[0]) throw new NotFound('account');
	await keepOneAdministrator(db, at);
	if (rows[0].auth_user_id) await endSessions(db, rows[0].auth_user_id);
	await audit(db, actor, at, 'people.account_disabled', { type: 'account', id });
}

export async function enableAccount(db: Db, actor: Actor, at: Date, id: string): Promise<void> {
	if (!mayAdminister(actor)) throw new NotFound('account');
	const { rows } =
		await sql`update people.accounts set disabled_at = null where id = ${id} and disabled_at is not null returning id`.execute(db);
	if (!rows[0]) throw new NotFound('account');
	await audit(db, actor, at, 'people.account_enabled', { type: 'account', id });
}

/** Nobody could let anybody in again otherwise. Locks the administrators' grants against two who remove each other. */
async function keepOneAdministrator(db: Db, at: Date): Promise<void> {
	await sql`select pg_advisory_xact_lock(7203117)`.execute(db);
	const { rows } =
		await sql`select 1 from people.role_grants g join people.accounts a on a.id = g.account_id and a.disabled_at is null and a.auth_user_id is not null
		where g.role = 'administrator' and ${inForce(at)} limit 1`.execute(db);
	if (rows.length === 0) throw new Refusal('people_refusal_last_administrator');
}
