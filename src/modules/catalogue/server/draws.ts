import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { publish } from '#platform/events.ts';
import { newId } from '#platform/ids.ts';
import { ask, settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { applicantList, applicantsHash, drawLots, type Lot } from '../draw.ts';
import { mayManage, visibleInClass } from './access.ts';
import { locked } from './applications.ts';
import { classById, type ClassRow } from './classes.ts';
import { promisedSeats } from './promises.ts';

export interface Draw {
	seed: string;
	applicants_sha256: string;
	seats_drawn: number;
	drawn_at: Date;
	/** Account of who drew. */
	drawn_by: string | null;
	/** In the order of the lots; people with a promised seat are not among them. */
	results: Lot[];
}

/** Undefined before the draw. */
export async function drawOf(db: Db, classId: string): Promise<Draw | undefined> {
	const { rows } = await sql<
		Omit<Draw, 'results'>
	>`select seed, applicants_sha256, seats_drawn, drawn_at, drawn_by from catalogue.draws where class_id = ${classId}`.execute(db);
	if (!rows[0]) return undefined;
	const results =
		await sql<Lot>`select officer_id as "officerId", position, arm from catalogue.draw_results where class_id = ${classId} order by position`.execute(
			db
		);
	return { ...rows[0], results: results.rows };
}

/**
 * The draw: once, irreversible, after applications closed. Whoever waits since an earlier class has a seat first; the
 * lots decide the rest. Seats become enrolments; those without one are measured alike, as the comparison.
 */
export async function drawClass(db: Db, actor: Actor, at: Date, classId: string): Promise<Draw> {
	if (!mayManage(actor)) throw new NotFound('class');
	const held = await locked(db, classId);
	if (held.drawn_at) throw new Refusal('catalogue_refusal_drawn');
	if (at < held.applications_close_at) throw new Refusal('catalogue_refusal_still_open');
	const applied = await sql<{
		officer_id: string;
	}>`select officer_id from catalogue.applications where class_id = ${classId} and withdrawn_at is null`.execute(db);
	if (applied.rows.length === 0) throw new Refusal('catalogue_refusal_no_applicants');

	const everybody = applied.rows.map((row) => row.officer_id);
	const promised = (await promisedSeats(db, held.programme_id)).filter((officerId) => everybody.includes(officerId));
	const seated = promised.slice(0, held.seats);
	const lottery = everybody.filter((officerId) => !promised.includes(officerId));
	const seatsDrawn = held.seats - seated.length;
	const { seed } = (await sql<{ seed: string }>`select seed from catalogue.draw_seeds where class_id = ${classId}`.execute(db)).rows[0]!;
	const lots = drawLots(seed, lottery, seatsDrawn);

	await sql`insert into catalogue.draws (class_id, seed, applicants_sha256, seats_drawn, drawn_at, drawn_by)
		values (${classId}, ${seed}, ${applicantsHash(lottery)}, ${seatsDrawn}, ${at}, ${actor.accountId})`.execute(db);
	await sql`insert into catalogue.draw_results (class_id, officer_id, position, arm)
		select ${classId}, t."officerId", t.position, t.arm
		from jsonb_to_recordset(${JSON.stringify(lots)}::jsonb) as t("officerId" uuid, position int, arm text)`.execute(db);
	await audit(
		db,
		actor,
		at,
		'catalogue.class_drawn',
		{ type: 'class', id: classId },
		{ applicantsSha256: applicantsHash(lottery), seatsDrawn }
	);
	await enrol(db, at, held, [...seated, ...lots.filter((lot) => lot.arm === 'programme').map((lot) => lot.officerId)]);
	await tell(db, at, held, everybody, new Set([...seated, ...lots.filter((lot) => lot.arm === 'programme').map((lot) => lot.officerId)]));
	await settle(db, at, 'catalogue_draw_due', classId);
	await settle(db, at, 'catalogue_nominated', classId);
	await publish(db, at, 'catalogue.class_drawn', { classId });
	return (await drawOf(db, classId))!;
}

async function enrol(db: Db, at: Date, held: ClassRow, officerIds: string[]): Promise<void> {
	for (const officerId of officerIds) {
		const enrolmentId = newId(at.getTime());
		await sql`insert into catalogue.enrolments (id, class_id, officer_id, enrolled_at) values (${enrolmentId}, ${held.id}, ${officerId}, ${at})`.execute(
			db
		);
		await publish(db, at, 'catalogue.enrolled', { enrolmentId, classId: held.id, officerId });
	}
}

/** Everybody hears the result on the same day, in the same place. */
async function tell(db: Db, at: Date, held: ClassRow, officerIds: string[], seats: Set<string>): Promise<void> {
	await ask(
		db,
		officerIds.map((officerId) => ({
			personId: officerId,
			kind: seats.has(officerId) ? 'catalogue_seat' : 'catalogue_waiting',
			ref: held.id,
			href: `/kelas/${held.id}`,
			params: { name: held.name },
			opensAt: at,
			dueAt: new Date(`${held.starts_on}T00:00:00+07:00`)
		}))
	);
}

/** The officer has read the result of the draw. */
export async function acknowledgeResult(db: Db, actor: Actor, at: Date, classId: string): Promise<void> {
	if (!actor.personId) throw new NotFound('class');
	await classById(db, classId);
	await settle(db, at, 'catalogue_seat', classId, actor.personId);
	await settle(db, at, 'catalogue_waiting', classId, actor.personId);
}

/** The drawn applicants' ids as published, one a line: the file whose hash stands beside the seed. */
export async function publishedList(db: Db, classId: string): Promise<string> {
	const draw = await drawOf(db, classId);
	if (!draw) throw new NotFound('draw');
	return applicantList(draw.results.map((result) => result.officerId));
}

/** Lots with names, for the eyes of the actor; others keep only their place in the published list. */
export async function namedResults(
	db: Db,
	actor: Actor,
	classId: string
): Promise<{ officer_id: string; display_name: string; unit_name: string | null; position: number; arm: Lot['arm'] }[]> {
	const { rows } = await sql<{ officer_id: string; display_name: string; unit_name: string | null; position: number; arm: Lot['arm'] }>`
		select r.officer_id, c.display_name, c.unit_name, r.position, r.arm from catalogue.draw_results r join people.officer_cards c on c.id = r.officer_id
		where r.class_id = ${classId} and ${visibleInClass(actor)} order by r.position limit 5000`.execute(db);
	return rows;
}
