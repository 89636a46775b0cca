import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { classById } from '#modules/catalogue/server/index.ts';
import { backingObstacle, SMALLEST_SHOWN, type OfferState } from '../rules.ts';
import { mayKeep, mayOffer, mayRead } from './access.ts';

export interface Offer {
	id: string;
	organisation_id: string;
	organisation_name: string;
	agreement_id: string | null;
	agreement_number: string | null;
	signed_on: string | null;
	valid_until: string | null;
	title: string;
	competency_id: string;
	competency_name: string;
	target_level: number;
	seats: number;
	seats_backed: number;
	hours: number;
	value_rupiah: number;
	description: string;
	conflict_of_interest: string;
	offered_at: Date;
	state: OfferState;
	decision_note: string | null;
	decided_at: Date | null;
}

const select = sql`select f.id, f.organisation_id, o.name as organisation_name, f.agreement_id, a.number as agreement_number, a.signed_on, a.valid_until,
	f.title, f.competency_id, c.name_id as competency_name, f.target_level, f.seats,
	coalesce((select sum(b.seats)::int from partners.class_backings b where b.offer_id = f.id), 0) as seats_backed,
	f.hours, f.value_rupiah, f.description, f.conflict_of_interest, f.offered_at,
	coalesce(d.decision, 'offered') as state, d.note as decision_note, d.decided_at
	from partners.offers f
	join people.organisations o on o.id = f.organisation_id
	join competency.competencies c on c.id = f.competency_id
	left join partners.agreements a on a.id = f.agreement_id
	left join partners.offer_decisions d on d.offer_id = f.id`;

export interface NewOffer {
	agreement_id: string;
	title: string;
	competency_id: string;
	target_level: number;
	seats: number;
	hours: number;
	value_rupiah: number;
	description: string;
	conflict_of_interest: string;
}

export async function makeOffer(db: Db, actor: Actor, at: Date, organisationId: string, input: NewOffer): Promise<{ id: string }> {
	if (!isId(organisationId) || !mayOffer(actor, organisationId)) throw new NotFound('organisation');
	if (input.agreement_id) {
		const agreement =
			await sql`select 1 from partners.agreements where id = ${input.agreement_id} and organisation_id = ${organisationId}`.execute(db);
		if (agreement.rows.length === 0) throw new Refusal('partners_refusal_other_agreement', { field: 'agreement_id' });
	}
	const id = newId();
	await sql`insert into partners.offers (id, organisation_id, agreement_id, title, competency_id, target_level, seats, hours, value_rupiah, description, conflict_of_interest, offered_by, offered_at)
		values (${id}, ${organisationId}, ${input.agreement_id || null}, ${input.title}, ${input.competency_id}, ${input.target_level}, ${input.seats}, ${input.hours},
			${input.value_rupiah}, ${input.description}, ${input.conflict_of_interest}, ${actor.accountId}, ${at})`.execute(db);
	await audit(db, actor, at, 'partners.offer_made', { type: 'offer', id });
	return { id };
}

export async function offer(db: Db, actor: Actor, id: string): Promise<Offer> {
	const { rows } = isId(id) ? await sql<Offer>`${select} where f.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0] || !mayRead(actor, rows[0].organisation_id)) throw new NotFound('offer');
	return rows[0];
}

export async function offersOf(db: Db, actor: Actor, organisationId: string): Promise<Offer[]> {
	if (!isId(organisationId) || !mayRead(actor, organisationId)) throw new NotFound('organisation');
	const { rows } = await sql<Offer>`${select} where f.organisation_id = ${organisationId} order by f.offered_at desc, f.id`.execute(db);
	return rows;
}

/** Accepts or declines, once. */
export async function decideOffer(
	db: Db,
	actor: Actor,
	at: Date,
	offerId: string,
	input: { decision: 'accepted' | 'declined'; note: string }
): Promise<void> {
	if (!mayKeep(actor)) throw new NotFound('offer');
	const found = await offer(db, actor, offerId);
	if (input.decision === 'accepted' && found.conflict_of_interest && !input.note)
		throw new Refusal('partners_refusal_conflict_note', { field: 'note' });
	const first = await sql`insert into partners.offer_decisions (offer_id, decision, note, decided_by, decided_at)
		values (${offerId}, ${input.decision}, ${input.note}, ${actor.accountId}, ${at}) on conflict do nothing returning offer_id`.execute(db);
	if (first.rows.length === 0) throw new Refusal('partners_refusal_decided');
	await audit(db, actor, at, `partners.offer_${input.decision}`, { type: 'offer', id: offerId });
}

/** Puts an accepted offer behind a class; one offer a class. */
export async function backClass(
	db: Db,
	actor: Actor,
	at: Date,
	offerId: string,
	input: { class_id: string; seats: number }
): Promise<void> {
	if (!mayKeep(actor)) throw new NotFound('offer');
	const found = await offer(db, actor, offerId);
	const held = await classById(db, input.class_id);
	if (!held) throw new NotFound('class');
	const obstacle = backingObstacle(
		{
			state: found.state,
			agreement: found.signed_on && found.valid_until ? { signed_on: found.signed_on, valid_until: found.valid_until } : null,
			seatsLeft: found.seats - found.seats_backed
		},
		held,
		input.seats
	);
	if (obstacle)
		throw new Refusal(obstacle, {
			field: obstacle === 'partners_refusal_seats' ? 'seats' : 'class_id',
			params: { left: found.seats - found.seats_backed }
		});
	const first = await sql`insert into partners.class_backings (class_id, offer_id, seats, linked_by, linked_at)
		values (${input.class_id}, ${offerId}, ${input.seats}, ${actor.accountId}, ${at}) on conflict do nothing returning class_id`.execute(db);
	if (first.rows.length === 0) throw new Refusal('partners_refusal_backed', { field: 'class_id' });
	await audit(db, actor, at, 'partners.class_backed', { type: 'class', id: input.class_id }, { offerId });
}

export interface Backing {
	class_id: string;
	class_name: string;
	starts_on: string;
	ends_on: string;
	offer_id: string;
	offer_title: string;
	organisation_id: string;
	organisation_name: string;
	agreement_number: string | null;
	seats: number;
	/** Undefined where fewer than five, for a partner. */
	enrolled: number | undefined;
	completed: number | undefined;
}

const backingSelect = sql`select b.class_id, k.name as class_name, k.starts_on, k.ends_on, b.offer_id, f.title as offer_title, f.organisation_id, o.name as organisation_name,
	a.number as agreement_number, b.seats,
	(select count(*)::int from catalogue.enrolments e where e.class_id = b.class_id and e.withdrawn_at is null) as enrolled,
	(select count(*)::int from catalogue.completions x join catalogue.enrolments e on e.id = x.enrolment_id where e.class_id = b.class_id) as completed
	from partners.class_backings b
	join catalogue.classes k on k.id = b.class_id
	join partners.offers f on f.id = b.offer_id
	join people.organisations o on o.id = f.organisation_id
	left join partners.agreements a on a.id = f.agreement_id`;

/** Whose offer stands behind a class; public knowledge about a class. */
export async function backingOf(db: Db, classId: string): Promise<Backing | undefined> {
	const { rows } = await sql<Backing>`${backingSelect} where b.class_id = ${classId}`.execute(db);
	return rows[0];
}

/** Promised against delivered, a row a class; a partner sees no count under five. */
export async function backingsOf(db: Db, actor: Actor, organisationId: string): Promise<Backing[]> {
	if (!isId(organisationId) || !mayRead(actor, organisationId)) throw new NotFound('organisation');
	const { rows } =
		await sql<Backing>`${backingSelect} where f.organisation_id = ${organisationId} order by k.starts_on desc, b.class_id`.execute(db);
	if (mayKeep(actor)) return rows;
	const shown = (count: number | undefined) => (count !== undefined && count > 0 && count < SMALLEST_SHOWN ? undefined : count);
	return rows.map((row) => ({ ...row, enrolled: shown(row.enrolled), completed: shown(row.completed) }));
}
