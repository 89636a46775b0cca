/** The rater's side of a 360° round. Only the rater opens a form; nobody else, whatever the role. */
import { sql } from 'kysely';
import { officerCards } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { isAnonymous, type FeedbackSource } from '../feedback-rules.ts';
import type { FeedbackInput } from '../forms.ts';
import { roundState, type RoundState } from '../rules.ts';
import { topicsOf, type FeedbackTopic } from './feedback-rounds.ts';

export interface FeedbackRequest {
	id: string;
	name: string;
	post: string | null;
	source: FeedbackSource;
	/** The promise made to this rater. */
	anonymous: boolean;
	submitted: boolean;
}

export interface FeedbackList {
	roundId: string;
	title: string;
	state: RoundState;
	opensAt: Date;
	dueAt: Date;
	topics: number;
	/** Oneself last: who begins with himself rates others by it. */
	requests: FeedbackRequest[];
}

interface Row {
	id: string;
	round_id: string;
	subject_officer_id: string;
	source: FeedbackSource;
	submitted_at: Date | null;
	title: string;
	opens_at: Date;
	due_at: Date;
	sent_at: Date;
	topics: number;
}

const ORDER: FeedbackSource[] = ['peer', 'subordinate', 'superior', 'self'];

/** `lock`: the round stays as it is until the answer is written, so that closing and sending never overlap. */
async function ownRows(db: Db, actor: Actor, roundId: string, lock = false): Promise<Row[]> {
	if (!isId(roundId) || actor.personId === null) throw new NotFound('round');
	if (lock) await sql`select 1 from surveys.feedback_rounds where id = ${roundId} for share`.execute(db);
	const { rows } =
		await sql<Row>`select q.id, q.round_id, q.subject_officer_id, q.source, q.submitted_at, r.title, r.opens_at, r.due_at, r.sent_at,
			(select count(*)::int from surveys.feedback_topics t where t.round_id = r.id) as topics
		from surveys.feedback_requests q join surveys.feedback_rounds r on r.id = q.round_id
		where q.round_id = ${roundId} and q.rater_person_id = ${actor.personId} and r.sent_at is not null
		order by q.id ${lock ? sql`for update of q` : sql``}`.execute(db);
	if (rows.length === 0) throw new NotFound('round');
	return rows;
}

const stateOf = (row: Row, at: Date): RoundState => roundState(at, row.opens_at, row.due_at);

/** Everybody the actor is asked about in the round. */
export async function feedbackList(db: Db, actor: Actor, at: Date, roundId: string): Promise<FeedbackList> {
	const rows = await ownRows(db, actor, roundId);
	const cards = new Map(
		(
			await officerCards(
				db,
				rows.map((row) => row.subject_officer_id)
			)
		).map((card) => [card.id, card])
	);
	const byName = new Intl.Collator('id');
	const [first] = rows as [Row];
	return {
		roundId,
		title: first.title,
		state: stateOf(first, at),
		opensAt: first.opens_at,
		dueAt: first.due_at,
		topics: first.topics,
		requests: rows
			.map((row) => ({
				id: row.id,
				name: cards.get(row.subject_officer_id)?.display_name ?? '–',
				post: cards.get(row.subject_officer_id)?.post_name ?? null,
				source: row.source,
				anonymous: isAnonymous(row.source),
				submitted: row.submitted_at !== null
			}))
			.sort((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source) || byName.compare(a.name, b.name))
	};
}

export interface FeedbackSheet extends FeedbackList {
	request: FeedbackRequest;
	list: FeedbackTopic[];
	/** Saved answers by topic; null = does not know enough. */
	answers: Record<string, number | null>;
}

/** The form about one person. */
export async function feedbackSheet(db: Db, actor: Actor, at: Date, roundId: string, requestId: string): Promise<FeedbackSheet> {
	const list = await feedbackList(db, actor, at, roundId);
	const request = list.requests.find((one) => one.id === requestId);
	if (!request) throw new NotFound('request');
	const saved = await sql<{ topic_ref: string; level: number | null }>`select topic_ref, level from surveys.feedback_answers
		where request_id = ${requestId}`.execute(db);
	return {
		...list,
		request,
		list: await topicsOf(db, roundId),
		answers: Object.fromEntries(saved.rows.map((row) => [row.topic_ref, row.level]))
	};
}

/**
 * Saves what was chosen; with `final` and every competency answered (a level, or "does not know enough") it is sent
 * for good. Sending again changes nothing.
 * @returns topics still without an answer, the request to go on with, and whether this one is sent
 * @throws Refusal outside the window
 */
export async function answerFeedback(
	db: Db,
	actor: Actor,
	at: Date,
	roundId: string,
	requestId: string,
	input: FeedbackInput
): Promise<{ missing: string[]; sent: boolean; next: string | null }> {
	const rows = await ownRows(db, actor, roundId, true);
	const row = rows.find((one) => one.id === requestId);
	if (!row) throw new NotFound('request');
	const state = stateOf(row, at);
	if (row.submitted_at === null && state !== 'open') throw new Refusal(state === 'closed' ? 'surveys_closed' : 'surveys_not_open');
	const topics = await topicsOf(db, roundId);
	const missing = row.submitted_at === null ? await keep(db, requestId, topics, input) : [];
	const sending = input.final && missing.length === 0 && row.submitted_at === null;
	if (sending) {
		await sql`update surveys.feedback_requests set submitted_at = ${at} where id = ${requestId}`.execute(db);
		// who sent is in the trail, about whom is not: the trail is read by others
		await audit(db, actor, at, 'surveys.feedback_sent', { type: 'feedback_round', id: roundId });
	}
	const open = (await feedbackList(db, actor, at, roundId)).requests.filter((one) => !one.submitted);
	if (sending && open.length === 0) await settle(db, at, 'surveys_feedback', roundId, actor.personId!);
	return { missing, sent: sending || row.submitted_at !== null, next: open.find((one) => one.id !== requestId)?.id ?? null };
}

/** @returns topics without an answer */
async function keep(db: Db, requestId: string, topics: FeedbackTopic[], input: FeedbackInput): Promise<string[]> {
	const known = topics.filter((topic) => topic.ref in input.answers).map((topic) => ({ ref: topic.ref, level: input.answers[topic.ref] }));
	await sql`insert into surveys.feedback_answers (request_id, topic_ref, level)
		select ${requestId}, t.ref, t.level from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as t(ref uuid, level int)
		on conflict (request_id, topic_ref) do update set level = excluded.level`.execute(db);
	const { rows } = await sql<{ topic_ref: string }>`select topic_ref from surveys.feedback_answers where request_id = ${requestId}`.execute(
		db
	);
	const answered = new Set(rows.map((row) => row.topic_ref));
	return topics.filter((topic) => !answered.has(topic.ref)).map((topic) => topic.ref);
}
