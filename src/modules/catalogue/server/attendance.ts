import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayMark } from './access.ts';
import { classById } from './classes.ts';

export interface ClassSession {
	id: string;
	day: string;
	/** Number of the day, as text. */
	title: string;
	present: number;
	/** Enrolments with a mark. */
	marked: number;
}

// the newest mark of each enrolment and day; of two at the same instant the one made last
const newest = sql`select distinct on (a.session_id, a.enrolment_id) a.session_id, a.enrolment_id, a.present
	from catalogue.attendance_marks a order by a.session_id, a.enrolment_id, a.marked_at desc, a.id desc`;

/** Days on which the class meets, with how many came. */
export async function sessionsOf(db: Db, classId: string): Promise<ClassSession[]> {
	const { rows } = await sql<ClassSession>`select s.id, s.day, s.title,
		count(*) filter (where m.present)::int as present, count(m.present)::int as marked
		from catalogue.class_sessions s
		left join catalogue.enrolments e on e.class_id = s.class_id and e.withdrawn_at is null
		left join lateral (select a.present from catalogue.attendance_marks a where a.session_id = s.id and a.enrolment_id = e.id
			order by a.marked_at desc, a.id desc limit 1) m on true
		where s.class_id = ${classId} group by s.id order by s.day`.execute(db);
	return rows;
}

export interface SheetRow {
	enrolment_id: string;
	officer_id: string;
	display_name: string;
	unit_name: string | null;
	/** Null where nobody marked yet. */
	present: boolean | null;
}

/** One day's sheet, by name. */
export async function attendanceSheet(db: Db, actor: Actor, classId: string, sessionId: string): Promise<SheetRow[]> {
	if (!mayMark(actor) || !isId(sessionId)) throw new NotFound('class');
	const { rows } = await sql<SheetRow>`select e.id as enrolment_id, e.officer_id, c.display_name, c.unit_name, m.present
		from catalogue.class_sessions s
		join catalogue.enrolments e on e.class_id = s.class_id and e.withdrawn_at is null
		join people.officer_cards c on c.id = e.officer_id
		left join lateral (select a.present from catalogue.attendance_marks a where a.session_id = s.id and a.enrolment_id = e.id
			order by a.marked_at desc, a.id desc limit 1) m on true
		where s.id = ${sessionId} and s.class_id = ${classId} order by c.full_name, c.id`.execute(db);
	return rows;
}

/**
 * One day's attendance in one form: whoever is not named was absent. A mark is added only where something changed;
 * earlier ones stay, the newest counts.
 * @returns marks written
 */
export async function markAttendance(
	db: Db,
	actor: Actor,
	at: Date,
	classId: string,
	input: { sessionId: string; present: string[] }
): Promise<{ marks: number }> {
	if (!mayMark(actor)) throw new NotFound('class');
	await classById(db, classId);
	const day = (
		await sql<{ day: string }>`select day from catalogue.class_sessions where id = ${input.sessionId} and class_id = ${classId}`.execute(db)
	).rows[0]?.day;
	if (!day) throw new NotFound('class day');
	if (day > dayOf(at)) throw new Refusal('catalogue_refusal_day_not_come');
	const sheet = await attendanceSheet(db, actor, classId, input.sessionId);
	if (input.present.some((id) => !sheet.some((row) => row.enrolment_id === id))) throw new NotFound('enrolment');
	const changed = sheet
		.map((row) => ({
			id: newId(at.getTime()),
			enrolment: row.enrolment_id,
			before: row.present,
			present: input.present.includes(row.enrolment_id)
		}))
		.filter((mark) => mark.before !== mark.present);
	await sql`insert into catalogue.attendance_marks (id, session_id, enrolment_id, present, marked_by, marked_at)
		select t.id, ${input.sessionId}, t.enrolment, t.present, ${actor.accountId}, ${at}
		from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as t(id uuid, enrolment uuid, present boolean)`.execute(db);
	await audit(db, actor, at, 'catalogue.attendance_marked', { type: 'class', id: classId }, { day, marks: changed.length });
	return { marks: changed.length };
}

export interface Attendance {
	enrolmentId: string;
	/** Days attended. */
	present: number;
	/** Days the class meets. */
	days: number;
	/** The attended days themselves. */
	attendedDays: string[];
}

/** Attendance of everybody who sits or sat in the class, by officer. */
export async function attendanceOf(db: Db, classId: string): Promise<Map<string, Attendance>> {
	const { rows } = await sql<{ officer_id: string; enrolment_id: string; days: number; attended: string[] }>`
		select e.officer_id, e.id as enrolment_id, count(s.id)::int as days,
			coalesce(array_agg(s.day::text order by s.day) filter (where m.present), '{}') as attended
		from catalogue.enrolments e
		left join catalogue.class_sessions s on s.class_id = e.class_id
		left join (${newest}) m on m.session_id = s.id and m.enrolment_id = e.id
		where e.class_id = ${classId} group by e.id`.execute(db);
	return new Map(
		rows.map((row) => [
			row.officer_id,
			{ enrolmentId: row.enrolment_id, present: row.attended.length, days: row.days, attendedDays: row.attended }
		])
	);
}
