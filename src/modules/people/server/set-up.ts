import { sql } from 'kysely';
import { systemActor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { dayOf } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { addUser } from '#platform/session/credentials.ts';
import type { SetUpInput } from '../forms.ts';
import { governmentName, knownRegions } from './governments.ts';
import { installationIsEmpty } from './options.ts';

/** Two set-ups at once: the second waits and then finds the first. */
const LOCK = 7_203_116;

/**
 * The first administrator and the government, together or not at all.
 * @throws NotFound once an account exists
 */
export async function setUp(db: Db, at: Date, input: SetUpInput, locale: 'id' | 'en' = 'id'): Promise<{ accountId: string }> {
	await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
	if (!(await installationIsEmpty(db))) throw new NotFound('set-up');
	const region = knownRegions().find((candidate) => candidate.code === input.government);
	if (!region && !input.other_name)
		throw new Refusal('platform_required', { field: input.government === 'other' ? 'other_name' : 'government' });
	const government = { name: region ? governmentName(region) : input.other_name, code: region?.bkn_instansi_code ?? null };
	// a tree that was brought in from the command line has made its government already
	const known =
		await sql`update people.governments set bkn_code = ${government.code} where lower(name) = lower(${government.name}) returning id`.execute(
			db
		);
	if (known.rows.length === 0)
		await sql`insert into people.governments (id, bkn_code, name, kind) values (${newId()}, ${government.code}, ${government.name}, ${region?.type ?? input.other_kind})`.execute(
			db
		);
	const accountId = newId();
	const userId = await addUser(db, at, input);
	await sql`insert into people.accounts (id, auth_user_id, name, email, locale, created_at) values (${accountId}, ${userId}, ${input.name}, ${input.email}, ${locale}, ${at})`.execute(
		db
	);
	await sql`insert into people.role_grants (id, account_id, role, granted_at, valid_from) values (${newId()}, ${accountId}, 'administrator', ${at}, ${dayOf(at)})`.execute(
		db
	);
	await audit(db, { ...systemActor, accountId }, at, 'people.set_up', { type: 'account', id: accountId });
	return { accountId };
}

/** What the first administrator has brought in so far. */
export async function setUpProgress(db: Db): Promise<{ units: number; officers: number; accounts: number; invited: number }> {
	const { rows } = await sql<{ units: number; officers: number; accounts: number; invited: number }>`select
		(select count(*)::int from people.unit_versions where valid_to is null) as units,
		(select coalesce(sum(officers), 0)::int from people.officer_counts where active) as officers,
		(select count(*)::int from people.accounts where auth_user_id is not null) as accounts,
		(select count(*)::int from people.accounts where auth_user_id is null) as invited`.execute(db);
	return rows[0]!;
}
