import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { ask, settle } from '#platform/inbox.ts';

export interface RatingPair {
	subjectOfficerId: string;
	raterPersonId: string;
}

export interface NewRound {
	/** The measurement that asks. */
	ref: string;
	questionnaireId: string;
	/** What raters read; it must not name an arm. */
	title: string;
	pairs: RatingPair[];
	opensAt: Date;
	dueAt: Date;
}

/**
 * Opens a round and asks every rater once, from now on in the inbox when the window begins. Asking again adds pairs
 * that were missing and changes nothing else.
 */
export async function openRatingRound(db: Db, _at: Date, round: NewRound): Promise<{ id: string }> {
	const made = await sql<{ id: string }>`insert into surveys.rating_rounds (id, questionnaire_id, ref, title, opens_at, due_at)
		values (${newId()}, ${round.questionnaireId}, ${round.ref}, ${round.title}, ${round.opensAt}, ${round.dueAt})
		on conflict (ref) do update set title = surveys.rating_rounds.title returning id`.execute(db);
	const id = made.rows[0]!.id;
	await addPairs(db, { id, title: round.title, opens_at: round.opensAt, due_at: round.dueAt }, round.pairs);
	return { id };
}

async function addPairs(db: Db, round: { id: string; title: string; opens_at: Date; due_at: Date }, pairs: RatingPair[]): Promise<void> {
	if (pairs.length === 0) return;
	// random ids: one in the order of asking would let the page tell the arms apart
	await sql`insert into surveys.rating_assignments (id, round_id, subject_officer_id, rater_person_id)
		select t.id, ${round.id}, t.subject, t.rater
		from jsonb_to_recordset(${JSON.stringify(pairs.map((pair) => ({ id: randomUUID(), subject: pair.subjectOfficerId, rater: pair.raterPersonId })))}::jsonb)
			as t(id uuid, subject uuid, rater uuid)
		on conflict (round_id, subject_officer_id, rater_person_id) do nothing`.execute(db);
	const raters = [...new Set(pairs.map((pair) => pair.raterPersonId))];
	await ask(
		db,
		raters.map((personId) => ({
			personId,
			kind: 'surveys_rate',
			ref: round.id,
			href: `/penilaian/${round.id}`,
			params: { title: round.title },
			opensAt: round.opens_at,
			dueAt: round.due_at
		}))
	);
}

/**
 * Superiors change between the draw and the rating months later: an assignment nobody has begun moves to the rater
 * of today, and subjects without a rater get one. What was begun or sent stays with who wrote it.
 * @param pairs today's rater of each subject
 */
export async function renewRaters(db: Db, at: Date, ref: string, pairs: RatingPair[]): Promise<void> {
	const found = await sql<{ id: string; title: string; opens_at: Date; due_at: Date }>`select id, title, opens_at, due_at
		from surveys.rating_rounds where ref = ${ref} and due_at > ${at}`.execute(db);
	const round = found.rows[0];
	if (!round) return;
	const rows = JSON.stringify(pairs.map((pair) => ({ subject: pair.subjectOfficerId, rater: pair.raterPersonId })));
	await sql`delete from surveys.rating_assignments a using jsonb_to_recordset(${rows}::jsonb) as t(subject uuid, rater uuid)
		where a.round_id = ${round.id} and a.subject_officer_id = t.subject and a.rater_person_id <> t.rater
			and a.submitted_at is null and not exists (select 1 from surveys.rating_answers n where n.assignment_id = a.id)`.execute(db);
	const free = await sql<{
		subject: string;
		rater: string;
	}>`select t.subject, t.rater from jsonb_to_recordset(${rows}::jsonb) as t(subject uuid, rater uuid)
		where not exists (select 1 from surveys.rating_assignments a where a.round_id = ${round.id} and a.subject_officer_id = t.subject)`.execute(
		db
	);
	await addPairs(
		db,
		round,
		free.rows.map((row) => ({ subjectOfficerId: row.subject, raterPersonId: row.rater }))
	);
	// a rater with nothing left to rate is not asked any longer
	const idle = await sql<{ person_id: string }>`select person_id from platform.inbox_items i
		where i.kind = 'surveys_rate' and i.ref = ${round.id} and i.done_at is null and not exists (
			select 1 from surveys.rating_assignments a where a.round_id = ${round.id} and a.rater_person_id = i.person_id and a.submitted_at is null)`.execute(
		db
	);
	for (const { person_id } of idle.rows) await settle(db, at, 'surveys_rate', round.id, person_id);
}

export interface Rating {
	subjectOfficerId: string;
	/** Mean of the items, 1–5; of several raters the mean of their means. */
	mean: number;
	submittedAt: Date;
}

/** Submitted ratings of the round that measures `ref`. */
export async function ratingsOf(db: Db, ref: string): Promise<Rating[]> {
	const { rows } = await sql<{ subject: string; mean: number; submitted_at: Date }>`
		select subject, avg(mean)::float8 as mean, max(submitted_at) as submitted_at from (
			select a.id, a.subject_officer_id as subject, a.submitted_at, avg(n.value) as mean
			from surveys.rating_rounds r
			join surveys.rating_assignments a on a.round_id = r.id and a.submitted_at is not null and a.cannot_rate_reason is null
			join surveys.rating_answers n on n.assignment_id = a.id
			where r.ref = ${ref} group by a.id) t
		group by subject order by subject`.execute(db);
	return rows.map((row) => ({ subjectOfficerId: row.subject, mean: row.mean, submittedAt: row.submitted_at }));
}

export interface RatingProgress {
	subjectOfficerId: string;
	raterPersonId: string;
	submittedAt: Date | null;
	cannotRateReason: string | null;
}

/** Who was asked about whom and whether it came in; for the measurement's keeper, never the values. */
export async function ratingProgress(db: Db, ref: string): Promise<RatingProgress[]> {
	const { rows } = await sql<{ subject: string; rater: string; submitted_at: Date | null; reason: string | null }>`
		select a.subject_officer_id as subject, a.rater_person_id as rater, a.submitted_at, a.cannot_rate_reason as reason
		from surveys.rating_rounds r join surveys.rating_assignments a on a.round_id = r.id
		where r.ref = ${ref} order by a.subject_officer_id, a.id`.execute(db);
	return rows.map((row) => ({
		subjectOfficerId: row.subject,
		raterPersonId: row.rater,
		submittedAt: row.submitted_at,
		cannotRateReason: row.reason
	}));
}
