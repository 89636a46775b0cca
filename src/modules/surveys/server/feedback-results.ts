/** What leaves a 360° round: figures of groups, once, after it closed. */
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { settle } from '#platform/inbox.ts';
import { groupResult, isAnonymous, type FeedbackSource, type GroupResult } from '../feedback-rules.ts';

export interface FeedbackFigure extends GroupResult {
	subjectOfficerId: string;
	topicRef: string;
	source: FeedbackSource;
	/** Only of those who were not promised silence; null for a group. */
	raterPersonId: string | null;
}

/** Rounds whose last day has passed and that are not closed yet. */
export async function dueFeedbackRounds(db: Db, at: Date): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`select id from surveys.feedback_rounds
		where sent_at is not null and closed_at is null and due_at < ${at} order by due_at, id`.execute(db);
	return rows.map((row) => row.id);
}

/**
 * Closes a round that is due and gives its figures; undefined when it is not due or was closed before. Groups of fewer
 * than three are not in it and go nowhere else. Raters are asked no longer.
 */
export async function closeFeedbackRound(db: Db, at: Date, roundId: string): Promise<FeedbackFigure[] | undefined> {
	const closed = await sql`update surveys.feedback_rounds set closed_at = ${at}
		where id = ${roundId} and sent_at is not null and closed_at is null and due_at < ${at} returning id`.execute(db);
	if (closed.rows.length === 0) return undefined;
	await settle(db, at, 'surveys_feedback', roundId);
	const { rows } = await sql<{ subject: string; topic: string; source: FeedbackSource; raters: string[]; levels: (number | null)[] }>`
		select q.subject_officer_id as subject, a.topic_ref as topic, q.source, array_agg(q.rater_person_id) as raters, array_agg(a.level) as levels
		from surveys.feedback_requests q join surveys.feedback_answers a on a.request_id = q.id
		where q.round_id = ${roundId} and q.submitted_at is not null
		group by q.subject_officer_id, a.topic_ref, q.source order by 1, 2, 3`.execute(db);
	return rows.flatMap((row) => {
		const result = groupResult(row.source, row.levels);
		if (!result) return [];
		return {
			...result,
			subjectOfficerId: row.subject,
			topicRef: row.topic,
			source: row.source,
			raterPersonId: isAnonymous(row.source) ? null : row.raters[0]!
		};
	});
}
