import { sql, type RawBuilder } from 'kysely';
import { officerCards } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayManage } from './access.ts';
import { drawOf } from './draws.ts';
import { classById } from './classes.ts';

export interface Enrolment {
	id: string;
	class_id: string;
	class_name: string;
	officer_id: string;
	enrolled_at: Date;
	withdrawn_at: Date | null;
	programme_version_id: string;
	programme_id: string;
	programme_title: string;
	starts_on: string;
	ends_on: string;
	completion_id: string | null;
	completed_at: Date | null;
}

const enrolmentsWhere = async (db: Db, condition: RawBuilder<unknown>): Promise<Enrolment[]> =>
	(
		await sql<Enrolment>`select e.id, e.class_id, k.name as class_name, e.officer_id, e.enrolled_at, e.withdrawn_at, v.id as programme_version_id, p.id as programme_id,
			p.title as programme_title, k.starts_on, k.ends_on, x.id as completion_id, x.completed_at
			from catalogue.enrolments e
			join catalogue.classes k on k.id = e.class_id
			join catalogue.programme_versions v on v.id = k.programme_version_id
			join catalogue.programmes p on p.id = v.programme_id
			left join catalogue.completions x on x.enrolment_id = e.id
			where ${condition}`.execute(db)
	).rows;

/** @throws NotFound */
export async function enrolment(db: Db, id: string): Promise<Enrolment> {
	const [found] = isId(id) ? await enrolmentsWhere(db, sql`e.id = ${id}`) : [];
	if (!found) throw new NotFound('enrolment');
	return found;
}

/** The officer's enrolment in a class, withdrawn or not. */
export const enrolmentOf = async (db: Db, classId: string, officerId: string): Promise<Enrolment | undefined> =>
	(await enrolmentsWhere(db, sql`e.class_id = ${classId} and e.officer_id = ${officerId}`))[0];

/** Everything an officer was enrolled in, the latest first; withdrawn ones too. */
export const enrolmentsOf = (db: Db, officerId: string): Promise<Enrolment[]> =>
	enrolmentsWhere(db, sql`e.officer_id = ${officerId} order by k.starts_on desc, e.id desc limit 500`);

/** Who sits in a class, withdrawn ones left out. */
export const enrolledIn = (db: Db, classId: string): Promise<Enrolment[]> =>
	enrolmentsWhere(db, sql`e.class_id = ${classId} and e.withdrawn_at is null order by e.id`);

/**
 * The officer gives the seat back, or the manager does for him. The seat stays empty: whoever waits is being measured
 * as the comparison, and somebody moved up would belong to neither arm.
 */
export async function releaseSeat(db: Db, actor: Actor, at: Date, enrolmentId: string): Promise<void> {
	const held = await enrolment(db, enrolmentId);
	const [card] = await officerCards(db, [held.officer_id]);
	if (actor.officerId !== held.officer_id && !(mayManage(actor) && card)) throw new NotFound('enrolment');
	if (held.completion_id) throw new Refusal('catalogue_refusal_completed');
	if (dayOf(at) > held.ends_on) throw new Refusal('catalogue_refusal_class_over');
	const { rows } =
		await sql`update catalogue.enrolments set withdrawn_at = ${at} where id = ${enrolmentId} and withdrawn_at is null returning id`.execute(
			db
		);
	if (rows.length > 0) await audit(db, actor, at, 'catalogue.seat_released', { type: 'enrolment', id: enrolmentId });
}

/**
 * Of a drawn class's officers, those enrolled between its first day and `until` in another class for the same
 * competency: what they learned there is not what this class did.
 */
export async function otherEnrolments(db: Db, classId: string, until: Date): Promise<Set<string>> {
	const held = await classById(db, classId);
	const drawn = (await drawOf(db, classId))?.results.map((result) => result.officerId) ?? [];
	const { rows } = await sql<{ officer_id: string }>`select distinct e.officer_id from catalogue.enrolments e
		join catalogue.classes k on k.id = e.class_id
		join catalogue.programme_versions v on v.id = k.programme_version_id
		join catalogue.programmes p on p.id = v.programme_id
		where e.officer_id = any(${drawn}::uuid[]) and e.class_id <> ${classId} and e.withdrawn_at is null and p.competency_id = ${held.competency_id}
			and k.starts_on <= ${dayOf(until)} and k.ends_on >= ${held.starts_on}`.execute(db);
	return new Set(rows.map((row) => row.officer_id));
}

/** Where an officer stands in a class; all undefined for somebody who has nothing to do with it. */
export interface OwnPlace {
	applied_at: Date | null;
	nominated_by_name: string | null;
	position: number | null;
	arm: 'programme' | 'comparison' | null;
	enrolment_id: string | null;
	seat_released_at: Date | null;
	completion_id: string | null;
	completed_at: Date | null;
}

export async function ownPlace(db: Db, classId: string, officerId: string): Promise<OwnPlace> {
	const { rows } = await sql<OwnPlace>`select
		(select max(a.applied_at) from catalogue.applications a where a.class_id = k.id and a.officer_id = ${officerId} and a.withdrawn_at is null) as applied_at,
		(select c.name from catalogue.applications a join people.accounts c on c.id = a.nominated_by where a.class_id = k.id and a.officer_id = ${officerId} and a.withdrawn_at is null) as nominated_by_name,
		r.position, r.arm, e.id as enrolment_id, e.withdrawn_at as seat_released_at, x.id as completion_id, x.completed_at
		from catalogue.classes k
		left join catalogue.draw_results r on r.class_id = k.id and r.officer_id = ${officerId}
		left join catalogue.enrolments e on e.class_id = k.id and e.officer_id = ${officerId}
		left join catalogue.completions x on x.enrolment_id = e.id
		where k.id = ${classId}`.execute(db);
	if (!rows[0]) throw new NotFound('class');
	return rows[0];
}

export interface Place {
	class_id: string;
	class_name: string;
	programme_title: string;
	starts_on: string;
	ends_on: string;
	drawn: boolean;
	seat: boolean;
	completed_at: Date | null;
}

/** Classes an officer applied to or sits in, the latest first. */
export async function placesOf(db: Db, officerId: string): Promise<Place[]> {
	const { rows } = await sql<Place>`
		select k.id as class_id, k.name as class_name, p.title as programme_title, k.starts_on, k.ends_on,
			exists (select 1 from catalogue.draws d where d.class_id = k.id) as drawn, e.id is not null as seat, x.completed_at
		from catalogue.classes k
		join catalogue.programme_versions v on v.id = k.programme_version_id
		join catalogue.programmes p on p.id = v.programme_id
		left join catalogue.enrolments e on e.class_id = k.id and e.officer_id = ${officerId} and e.withdrawn_at is null
		left join catalogue.completions x on x.enrolment_id = e.id
		where k.id in (select a.class_id from catalogue.applications a where a.officer_id = ${officerId} and a.withdrawn_at is null
			union select e2.class_id from catalogue.enrolments e2 where e2.officer_id = ${officerId})
		order by k.starts_on desc, k.id limit 200`.execute(db);
	return rows;
}
