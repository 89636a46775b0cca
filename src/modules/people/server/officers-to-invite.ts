/** Officers who have no account yet: found, and invited one by one or all that a filter finds. */
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { UNIT_ROLES, type Role } from '../rules.ts';
import { mayAdminister } from './access.ts';
import { grantRole } from './accounts.ts';
import { inviteAccounts, type LinkBase } from './invitations.ts';
import { keptCount } from './officer-list.ts';
import { foundNames, isFound } from './search.ts';

export interface InviteChoice {
	officers: string[];
	/** Everybody the filter finds, not only the ticked. */
	all: boolean;
	filter: OfficerChoice;
	roles: Role[];
	scope: 'own' | string;
}

export interface OfficerChoice {
	search?: string;
	unitId?: string;
	/** Heads: officers in a structural post. */
	headsOnly?: boolean;
}

/** Active officers without an account that the filter finds; alias `c` of their cards. */
const uninvited = (actor: Actor, choice: OfficerChoice): RawBuilder<boolean> =>
	sql<boolean>`${uninvitedIn(choice)} ${choice.search?.trim() ? sql`and ${isFound(actor, choice.search, sql`c.id`)}` : sql``}`;

/** Without the search; alias `c` of cards or names. */
const uninvitedIn = (choice: OfficerChoice): RawBuilder<boolean> =>
	sql<boolean>`c.active and not exists (select 1 from people.accounts a where a.officer_id = c.id)
		${inUnit(choice)}
		${choice.headsOnly ? sql`and c.post_kind = 'structural'` : sql``}`;

/** What is no unit holds nobody: of everybody all would be invited. */
const inUnit = ({ unitId }: OfficerChoice): RawBuilder<unknown> =>
	!unitId ? sql`` : isId(unitId) ? sql`and c.unit_path <@ (select path from people.current_units where id = ${unitId})` : sql`and false`;

export interface OfficerToInvite {
	id: string;
	display_name: string;
	post_name: string | null;
	unit_name: string | null;
	email: string | null;
}

/** The first by name, and how many there are in all. */
export async function officersToInvite(
	db: Db,
	actor: Actor,
	choice: OfficerChoice,
	limit = 50
): Promise<{ rows: OfficerToInvite[]; total: number }> {
	if (!mayAdminister(actor)) throw new NotFound('officer');
	const shown = sql`c.id, c.display_name, c.post_name, c.unit_name, c.email`;
	const page = sql`order by c.full_name, c.id limit ${sql.lit(limit)}`;
	if (choice.search?.trim()) {
		const { rows } = await sql<OfficerToInvite & { total: number }>`
			with found as (select c.id, c.full_name from ${foundNames(actor, choice.search)} where ${uninvitedIn(choice)}),
				page as (select c.id from found c ${page})
			select ${shown}, t.total from (select count(*)::int as total from found) t, page join people.officer_cards c using (id)
			order by c.full_name, c.id`.execute(db);
		return { rows, total: rows[0]?.total ?? 0 };
	}
	const cards = sql`from people.officer_cards c where ${uninvitedIn(choice)}`;
	const { rows } = await sql<OfficerToInvite>`select ${shown} ${cards} ${page}`.execute(db);
	return { rows, total: choice.unitId || choice.headsOnly ? await countOf(db, cards) : await countOfUninvited(db) };
}

const countOf = async (db: Db, from: RawBuilder<unknown>): Promise<number> =>
	(await sql<{ count: number }>`select count(*)::int as count ${from}`.execute(db)).rows[0]!.count;

/** Of everybody, less those who have an account: accounts are few while people are being invited. */
const countOfUninvited = async (db: Db): Promise<number> =>
	(await keptCount(db, sql`c.active`)) -
	(await countOf(db, sql`from people.accounts a join people.officer_cards c on c.id = a.officer_id where c.active`));

/** Accounts for officers who have none, their roles, and a link each. An officer who has one already is left as is. */
export async function inviteOfficers(
	db: Db,
	actor: Actor,
	at: Date,
	choice: InviteChoice,
	base: LinkBase
): Promise<{ invited: number; withoutMail: number }> {
	if (!mayAdminister(actor)) throw new NotFound('officer');
	const unitRoles = choice.roles.filter((role) => UNIT_ROLES.includes(role));
	if (choice.roles.includes('partner')) throw new Refusal('people_refusal_partner_is_no_officer', { field: 'roles' });
	const which = choice.all
		? sql<boolean>`${uninvited(actor, choice.filter)}`
		: sql<boolean>`c.id = any(${choice.officers}::uuid[]) and ${uninvitedIn({})}`;
	const { rows } = await sql<{ id: string; name: string; email: string | null; unit_id: string | null }>`
		select c.id, c.display_name as name, c.email, c.unit_id from people.officer_cards c where ${which} order by c.id limit 20000`.execute(db);
	if (rows.length === 0) throw new Refusal('people_refusal_nobody_chosen', { field: 'officers' });
	const made = rows.map((officer) => ({ ...officer, account_id: newId() }));
	// two officers may share one address: the first gets it, the others a paper link
	const inserted = await sql<{ id: string; officer_id: string }>`
		with wanted as (
			select t.*, row_number() over (partition by lower(t.email) order by t.account_id) as turn
			from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as t(id uuid, name text, email text, account_id uuid)
		)
		insert into people.accounts (id, officer_id, name, email, created_at)
		select w.account_id, w.id, w.name,
			case when w.email is null or w.turn > 1 or exists (select 1 from people.accounts a where lower(a.email) = lower(w.email)) then w.account_id || '@akun.invalid' else w.email end, ${at}
		from wanted w on conflict (officer_id) do nothing returning id, officer_id`.execute(db);
	const unitOf = new Map(rows.map((officer) => [officer.id, officer.unit_id]));
	for (const role of choice.roles) {
		const scoped = unitRoles.includes(role);
		for (const account of inserted.rows) {
			const unit = scoped ? (choice.scope === 'own' ? unitOf.get(account.officer_id) : choice.scope) : null;
			if (scoped && !unit) continue;
			await grantRole(db, actor, at, account.id, { role, ...(unit ? { unit } : {}) });
		}
	}
	return inviteAccounts(
		db,
		actor,
		at,
		inserted.rows.map((account) => account.id),
		'invitation',
		base
	);
}
