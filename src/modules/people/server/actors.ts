import { sql, type RawBuilder } from 'kysely';
import { anonymousActor, systemActor, type Actor, type Grant } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';

interface AccountRow {
	id: string;
	officer_id: string | null;
	name: string;
	email: string;
	locale: 'id' | 'en';
	grants: { role: string; unit_id: string | null; unit_path: string | null; organisation_id: string | null }[];
}

/** The actor behind a signed-in user, with the role grants in force that day; undefined when disabled or unknown. */
export const actorOfUser = (db: Db, at: Date, authUserId: string): Promise<Actor | undefined> =>
	actorWhere(db, at, sql`a.auth_user_id = ${authUserId}`);

/** The same of a session; `userId` is a scalar that is null where there is none. */
export const actorOfSession = (db: Db, at: Date, userId: RawBuilder<string>): Promise<Actor | undefined> =>
	actorWhere(db, at, sql`a.auth_user_id = ${userId}`);

/** Who asked for what a job does: without an account the system; disabled or gone, somebody who may do nothing. */
export const actorOfAccount = async (db: Db, at: Date, accountId: string | null): Promise<Actor> =>
	accountId === null ? systemActor : ((await actorWhere(db, at, sql`a.id = ${accountId}`)) ?? anonymousActor);

async function actorWhere(db: Db, at: Date, condition: RawBuilder<unknown>): Promise<Actor | undefined> {
	const day = dayOf(at);
	const { rows } = await sql<AccountRow>`
		select a.id, a.officer_id, case when o.id is null then a.name else concat_ws(', ', concat_ws(' ', o.front_title, o.full_name), o.back_title) end as name, a.email, a.locale,
			coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'unit_id', g.unit_id, 'unit_path', v.path::text, 'organisation_id', g.organisation_id))
				from people.role_grants g
				left join people.unit_versions v on v.unit_id = g.unit_id and v.valid_to is null
				where g.account_id = a.id and g.valid_from <= ${day} and (g.valid_to is null or g.valid_to >= ${day})), '[]') as grants
		from people.accounts a left join people.officers o on o.id = a.officer_id
		where ${condition} and a.disabled_at is null`.execute(db);
	const account = rows[0];
	if (!account) return undefined;
	const grants: Grant[] = account.grants
		// a grant on a unit that ended covers nothing, rather than everything
		.filter((grant) => grant.unit_id === null || grant.unit_path !== null)
		.map((grant) => ({ role: grant.role, unitId: grant.unit_id, unitPath: grant.unit_path, organisationId: grant.organisation_id }));
	return {
		accountId: account.id,
		officerId: account.officer_id,
		personId: account.officer_id ?? account.id,
		name: account.name,
		email: account.email,
		locale: account.locale,
		grants,
		system: false
	};
}
