/** 360° rounds as their organiser keeps them. No check of access here: `competency` decides who may organise. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { ask } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import {
	ANONYMOUS_SOURCES,
	FEWEST_RATERS,
	MOST_COLLEAGUES,
	MOST_RATERS,
	REST_DAYS,
	reminderMoments,
	type FeedbackSource,
	type RaterOf
} from '../feedback-rules.ts';

export interface FeedbackChoice {
	level: number;
	label_id: string;
	label_en: string;
	text_id: string;
	text_en: string;
}

export interface FeedbackTopic {
	/** Whatever is asked about; for its keeper a competency. */
	ref: string;
	name_id: string;
	name_en: string;
	/** The levels and what each looks like, as worded when the round was made. */
	choices: FeedbackChoice[];
}

export interface NewFeedbackRound {
	title: string;
	unitId: string;
	opensAt: Date;
	dueAt: Date;
	topics: FeedbackTopic[];
	raters: RaterOf[];
}

export interface FeedbackRound {
	id: string;
	title: string;
	unit_id: string;
	opens_at: Date;
	due_at: Date;
	sent_at: Date | null;
	closed_at: Date | null;
	subjects: number;
	/** Raters asked, each once. */
	raters: number;
	requests: number;
	/** Of these, answered; the round as a whole, never by person: whose answers are in is nobody's to know. */
	submitted: number;
}

const select = sql`select r.id, r.title, r.unit_id, r.opens_at, r.due_at, r.sent_at, r.closed_at, count(distinct q.subject_officer_id)::int as subjects,
	count(distinct q.rater_person_id)::int as raters, count(q.id)::int as requests, count(q.submitted_at)::int as submitted
	from surveys.feedback_rounds r left join surveys.feedback_requests q on q.round_id = r.id`;

/** Rounds of these units, the newest first. */
export async function feedbackRounds(db: Db, unitIds: string[]): Promise<FeedbackRound[]> {
	const { rows } =
		await sql<FeedbackRound>`${select} where r.unit_id = any(${unitIds}::uuid[]) group by r.id order by r.opens_at desc, r.id desc limit 200`.execute(
			db
		);
	return rows;
}

export async function feedbackRound(db: Db, id: string): Promise<FeedbackRound & { topics: FeedbackTopic[] }> {
	const { rows } = isId(id) ? await sql<FeedbackRound>`${select} where r.id = ${id} group by r.id`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('round');
	return { ...rows[0], topics: await topicsOf(db, id) };
}

export async function topicsOf(db: Db, roundId: string): Promise<FeedbackTopic[]> {
	const { rows } = await sql<FeedbackTopic>`select ref, name_id, name_en, choices from surveys.feedback_topics
		where round_id = ${roundId} order by position`.execute(db);
	return rows;
}

/** Who is asked about whom, by subject; never what they said, nor whether. */
export async function feedbackRaters(db: Db, roundId: string): Promise<RaterOf[]> {
	const { rows } = await sql<RaterOf>`select subject_officer_id as "subjectId", rater_person_id as "raterId", source
		from surveys.feedback_requests where round_id = ${roundId} order by subject_officer_id, source, rater_person_id`.execute(db);
	return rows;
}

/** Officers about whom a round runs, or ran so lately that a second one would give single answers by subtraction. */
export async function restingSubjects(db: Db, at: Date, officerIds: string[]): Promise<Set<string>> {
	const { rows } = await sql<{ id: string }>`select distinct q.subject_officer_id as id from surveys.feedback_requests q
		join surveys.feedback_rounds r on r.id = q.round_id
		where q.subject_officer_id = any(${officerIds}::uuid[]) and r.sent_at is not null and r.due_at > ${new Date(at.getTime() - REST_DAYS * 86_400_000)}`.execute(
		db
	);
	return new Set(rows.map((row) => row.id));
}

/** A round that nobody has been asked for yet. */
export async function createFeedbackRound(db: Db, actor: Actor, at: Date, round: NewFeedbackRound): Promise<{ id: string }> {
	const id = newId(at.getTime());
	await sql`insert into surveys.feedback_rounds (id, title, unit_id, opens_at, due_at, created_by, created_at)
		values (${id}, ${round.title}, ${round.unitId}, ${round.opensAt}, ${round.dueAt}, ${actor.accountId}, ${at})`.execute(db);
	const topics = round.topics.map((topic, i) => ({ ...topic, position: i + 1 }));
	await sql`insert into surveys.feedback_topics (round_id, position, ref, name_id, name_en, choices)
		select ${id}, t.position, t.ref, t.name_id, t.name_en, t.choices
		from jsonb_to_recordset(${JSON.stringify(topics)}::jsonb) as t(position int, ref uuid, name_id text, name_en text, choices jsonb)`.execute(
		db
	);
	await insertRequests(db, id, round.raters);
	await audit(db, actor, at, 'surveys.feedback_made', { type: 'feedback_round', id }, { requests: round.raters.length });
	return { id };
}

async function insertRequests(db: Db, roundId: string, raters: RaterOf[]): Promise<void> {
	// random ids: one in the order of asking would tell the sources apart
	const rows = raters.map((one) => ({ id: randomUUID(), subject: one.subjectId, rater: one.raterId, source: one.source }));
	await sql`insert into surveys.feedback_requests (id, round_id, subject_officer_id, rater_person_id, source)
		select t.id, ${roundId}, t.subject, t.rater, t.source
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, subject uuid, rater uuid, source text)
		on conflict (round_id, subject_officer_id, rater_person_id) do nothing`.execute(db);
}

/** The round, locked, while nobody has been asked. @throws Refusal afterwards: what raters were told stays true */
async function draft(db: Db, roundId: string): Promise<{ title: string; opens_at: Date; due_at: Date }> {
	const { rows } = await sql<{ title: string; opens_at: Date; due_at: Date; sent_at: Date | null }>`select title, opens_at, due_at, sent_at
		from surveys.feedback_rounds where id = ${roundId} for update`.execute(db);
	if (!rows[0]) throw new NotFound('round');
	if (rows[0].sent_at) throw new Refusal('surveys_feedback_already_sent');
	return rows[0];
}

/**
 * Who rates one person, in place of the raters so far; nobody at all takes the person out of the round.
 * @throws Refusal for a group of one or two, too large a group, or a colleague who would be asked about too many
 */
export async function setFeedbackRaters(
	db: Db,
	actor: Actor,
	at: Date,
	roundId: string,
	subjectId: string,
	raters: RaterOf[]
): Promise<void> {
	await draft(db, roundId);
	for (const source of ANONYMOUS_SOURCES) {
		const count = raters.filter((one) => one.source === source).length;
		if (count > 0 && count < FEWEST_RATERS) throw new Refusal('surveys_feedback_too_few_raters', { field: source, params: { count } });
		if (count > MOST_RATERS) throw new Refusal('surveys_feedback_too_many_raters', { field: source, params: { most: MOST_RATERS } });
	}
	const former = await sql<{
		id: string;
	}>`delete from surveys.feedback_requests where round_id = ${roundId} and subject_officer_id = ${subjectId}
		returning id`.execute(db);
	if (former.rows.length === 0) throw new NotFound('officer');
	await insertRequests(db, roundId, raters);
	const buried = await sql<{
		name: string;
		source: FeedbackSource;
	}>`select c.display_name as name, min(q.source) as source from surveys.feedback_requests q
		join people.officer_cards c on c.id = q.rater_person_id
		where q.round_id = ${roundId} and q.source = any(${[...ANONYMOUS_SOURCES]}) group by c.id, c.display_name having count(*) > ${MOST_COLLEAGUES} limit 1`.execute(
		db
	);
	if (buried.rows[0])
		throw new Refusal('surveys_feedback_buried', { field: '_', params: { name: buried.rows[0].name, most: MOST_COLLEAGUES } });
	await audit(db, actor, at, 'surveys.feedback_raters', { type: 'feedback_round', id: roundId }, { subject: subjectId, raters });
}

/** Takes a round away that nobody has been asked for: there is nothing yet that anybody was promised. */
export async function discardFeedbackRound(db: Db, actor: Actor, at: Date, roundId: string): Promise<void> {
	const { title } = await draft(db, roundId);
	await sql`delete from surveys.feedback_rounds where id = ${roundId}`.execute(db);
	await audit(db, actor, at, 'surveys.feedback_discarded', { type: 'feedback_round', id: roundId }, { title });
}

/** Asks every rater, once for all their colleagues. From here on raters, topics and dates stay as they are. */
export async function sendFeedbackRound(db: Db, actor: Actor, at: Date, roundId: string): Promise<void> {
	const round = await draft(db, roundId);
	if (round.due_at <= at) throw new Refusal('surveys_feedback_due_passed');
	const raters = await feedbackRaters(db, roundId);
	if (raters.length === 0) throw new Refusal('surveys_feedback_nobody');
	const resting = await restingSubjects(db, at, [...new Set(raters.map((one) => one.subjectId))]);
	if (resting.size > 0) throw new Refusal('surveys_feedback_resting', { params: { count: resting.size, days: REST_DAYS } });
	await sql`update surveys.feedback_rounds set sent_at = ${at}, sent_by = ${actor.accountId} where id = ${roundId}`.execute(db);
	const opensAt = round.opens_at > at ? round.opens_at : at;
	const asked = new Map<string, number>();
	for (const { raterId } of raters) asked.set(raterId, (asked.get(raterId) ?? 0) + 1);
	await ask(
		db,
		[...asked].map(([personId, count]) => ({
			personId,
			kind: 'surveys_feedback',
			ref: roundId,
			href: `/rekan/${roundId}`,
			params: { title: round.title, count },
			opensAt,
			dueAt: round.due_at,
			reminders: reminderMoments(opensAt, round.due_at)
		}))
	);
	await audit(db, actor, at, 'surveys.feedback_asked', { type: 'feedback_round', id: roundId }, { raters: asked.size });
}
