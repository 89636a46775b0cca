import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayKeep, mayRead, readable } from './access.ts';

export interface Organisation {
	id: string;
	kind: 'university' | 'company' | 'ngo';
	name: string;
	city: string | null;
	contact_email: string | null;
}

export interface OrganisationRow extends Organisation {
	agreements: number;
	seats_promised: number;
	seats_filled: number;
}

/** A new partner organisation; the same name twice is refused, since two pages of one partner hide half of it. */
export async function addOrganisation(
	db: Db,
	actor: Actor,
	at: Date,
	input: { kind: string; name: string; city: string; contact_email: string }
): Promise<{ id: string }> {
	if (!mayKeep(actor)) throw new NotFound('organisation');
	const known = await sql`select 1 from people.organisations where lower(name) = lower(${input.name})`.execute(db);
	if (known.rows.length > 0) throw new Refusal('partners_refusal_known', { field: 'name' });
	const id = newId();
	await sql`insert into people.organisations (id, kind, name, city, contact_email, created_at)
		values (${id}, ${input.kind}, ${input.name}, ${input.city || null}, ${input.contact_email || null}, ${at})`.execute(db);
	await audit(db, actor, at, 'partners.organisation_added', { type: 'organisation', id });
	return { id };
}

export async function organisation(db: Db, actor: Actor, id: string): Promise<Organisation> {
	const { rows } = isId(id)
		? await sql<Organisation>`select id, kind, name, city, contact_email from people.organisations where id = ${id}`.execute(db)
		: { rows: [] };
	if (!rows[0] || !mayRead(actor, id)) throw new NotFound('organisation');
	return rows[0];
}

/** Every partner the actor may read, with seats promised (accepted offers) and filled (enrolments of backed classes). */
export async function organisations(db: Db, actor: Actor): Promise<OrganisationRow[]> {
	const { rows } = await sql<OrganisationRow>`
		select o.id, o.kind, o.name, o.city, o.contact_email,
			(select count(*)::int from partners.agreements a where a.organisation_id = o.id) as agreements,
			coalesce((select sum(f.seats)::int from partners.offers f join partners.offer_decisions d on d.offer_id = f.id and d.decision = 'accepted'
				where f.organisation_id = o.id), 0) as seats_promised,
			-- a class may have more seats than the partner gave: no more than those count as the partner's
			coalesce((select sum(least(b.seats, (select count(*) from catalogue.enrolments e where e.class_id = b.class_id and e.withdrawn_at is null)))::int
				from partners.offers f join partners.class_backings b on b.offer_id = f.id where f.organisation_id = o.id), 0) as seats_filled
		from people.organisations o where ${readable(actor)} order by o.name, o.id limit 500`.execute(db);
	return rows;
}
