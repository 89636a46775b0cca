import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { publish } from '#platform/events.ts';
import { isId, newId } from '#platform/ids.ts';
import { settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { setting } from '#platform/settings.ts';
import { completionObstacles, MINIMUM_ATTENDANCE, type CompletionFacts, type CompletionObstacle } from '../rules.ts';
import { mayManage, mayMark } from './access.ts';
import { locked } from './applications.ts';
import { attendanceOf } from './attendance.ts';
import { classById } from './classes.ts';

/** The enrolment waits for something beside attendance; the module that adds it fulfils it. Again changes nothing. */
export async function addCompletionRequirement(db: Db, enrolmentId: string, kind: string): Promise<void> {
	await sql`insert into catalogue.completion_requirements (enrolment_id, kind) values (${enrolmentId}, ${kind}) on conflict do nothing`.execute(
		db
	);
}

export async function fulfilCompletionRequirement(db: Db, at: Date, enrolmentId: string, kind: string): Promise<void> {
	await sql`update catalogue.completion_requirements set fulfilled_at = ${at} where enrolment_id = ${enrolmentId} and kind = ${kind} and fulfilled_at is null`.execute(
		db
	);
}

/** Share of days to attend in force on a day, between 0 and 1. */
export const minimumAttendance = async (db: Db, at: Date): Promise<number> =>
	(await setting<number>(db, at, 'catalogue.minimum_attendance')) ?? MINIMUM_ATTENDANCE;

export interface CompletionRow {
	enrolmentId: string;
	officerId: string;
	displayName: string;
	unitName: string | null;
	facts: CompletionFacts;
	attendedDays: string[];
	/** Empty = may be completed. */
	obstacles: CompletionObstacle[];
	completionId: string | null;
	completedAt: Date | null;
}

/** Everybody in the class: completed, ready, or what is still missing. */
export async function completionRows(db: Db, actor: Actor, at: Date, classId: string): Promise<CompletionRow[]> {
	if (!mayMark(actor)) throw new NotFound('class');
	await classById(db, classId);
	const minimumShare = await minimumAttendance(db, at);
	const attendance = await attendanceOf(db, classId);
	const { rows } = await sql<{
		id: string;
		officer_id: string;
		display_name: string;
		unit_name: string | null;
		completion_id: string | null;
		completed_at: Date | null;
		reasons: CompletionFacts | null;
		requirements: { kind: string; fulfilled: boolean }[];
	}>`select e.id, e.officer_id, c.display_name, c.unit_name, x.id as completion_id, x.completed_at, x.reasons,
			coalesce((select jsonb_agg(jsonb_build_object('kind', q.kind, 'fulfilled', q.fulfilled_at is not null) order by q.kind)
				from catalogue.completion_requirements q where q.enrolment_id = e.id), '[]') as requirements
		from catalogue.enrolments e
		join people.officer_cards c on c.id = e.officer_id
		left join catalogue.completions x on x.enrolment_id = e.id
		where e.class_id = ${classId} and e.withdrawn_at is null order by c.full_name, c.id`.execute(db);
	return rows.map((row) => {
		const attended = attendance.get(row.officer_id);
		const facts = { days: attended?.days ?? 0, present: attended?.present ?? 0, minimumShare, requirements: row.requirements };
		return {
			enrolmentId: row.id,
			officerId: row.officer_id,
			displayName: row.display_name,
			unitName: row.unit_name,
			// what was decided stays as it was decided
			facts: row.reasons ?? facts,
			attendedDays: attended?.attendedDays ?? [],
			obstacles: row.completion_id ? [] : completionObstacles(facts),
			completionId: row.completion_id,
			completedAt: row.completed_at
		};
	});
}

/**
 * Completes everybody who fulfils all requirements; others stay and may follow later. Only this completes: JP and
 * certificates listen to its event.
 */
export async function completeClass(db: Db, actor: Actor, at: Date, classId: string): Promise<{ completed: number; waiting: number }> {
	if (!mayManage(actor)) throw new NotFound('class');
	const held = await locked(db, classId);
	if (!held.drawn_at) throw new Refusal('catalogue_refusal_not_drawn');
	if (dayOf(at) < held.ends_on) throw new Refusal('catalogue_refusal_still_running');
	const rows = (await completionRows(db, actor, at, classId)).filter((row) => row.completionId === null);
	const ready = rows.filter((row) => row.obstacles.length === 0);
	if (ready.length === 0) throw new Refusal(rows.length === 0 ? 'catalogue_refusal_all_completed' : 'catalogue_refusal_nobody_ready');
	for (const row of ready) {
		const completionId = newId(at.getTime());
		await sql`insert into catalogue.completions (id, enrolment_id, completed_at, days_attended, reasons, decided_by)
			values (${completionId}, ${row.enrolmentId}, ${at}, ${row.facts.present}, ${JSON.stringify(row.facts)}::jsonb, ${actor.accountId})`.execute(
			db
		);
		await publish(db, at, 'catalogue.completed', { completionId, enrolmentId: row.enrolmentId, officerId: row.officerId, classId });
	}
	await audit(
		db,
		actor,
		at,
		'catalogue.class_completed',
		{ type: 'class', id: classId },
		{ completed: ready.length, waiting: rows.length - ready.length }
	);
	if (ready.length === rows.length) await settle(db, at, 'catalogue_completion_due', classId);
	return { completed: ready.length, waiting: rows.length - ready.length };
}

export interface Completion {
	id: string;
	enrolment_id: string;
	officer_id: string;
	class_id: string;
	completed_at: Date;
	days_attended: number;
	reasons: CompletionFacts;
}

/** @throws NotFound */
export async function completion(db: Db, id: string): Promise<Completion> {
	const { rows } = isId(id)
		? await sql<Completion>`select x.id, x.enrolment_id, e.officer_id, e.class_id, x.completed_at, x.days_attended, x.reasons
			from catalogue.completions x join catalogue.enrolments e on e.id = x.enrolment_id where x.id = ${id}`.execute(db)
		: { rows: [] };
	if (!rows[0]) throw new NotFound('completion');
	return rows[0];
}
