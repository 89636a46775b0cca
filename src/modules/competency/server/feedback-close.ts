import { sql } from 'kysely';
import { closeFeedbackRound, feedbackRound, type FeedbackFigure } from '#modules/surveys/server/index.ts';
import { systemActor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { tellResults } from './feedback-news.ts';
import { recordRatings } from './ratings.ts';

/**
 * Closes a 360° round that is due: one rating an officer, competency and source, all of the same moment, beside those
 * that were there; and tells each officer about whom somebody else's figure is shown. A second call, or one too early,
 * does nothing.
 * @param origin where links in mails lead
 * @returns ratings made
 */
export async function closeFeedback(db: Db, at: Date, roundId: string, origin: string): Promise<number> {
	const figures = await closeFeedbackRound(db, at, roundId);
	if (!figures) return 0;
	const accounts = await accountsOf(db, figures);
	if (figures.length > 0)
		await recordRatings(
			db,
			systemActor,
			at,
			figures.map((figure) => ({
				officerId: figure.subjectOfficerId,
				competencyId: figure.topicRef,
				level: figure.level,
				source: figure.source,
				counted: {
					roundId,
					mean: figure.mean,
					raters: figure.raters,
					ratedBy: figure.raterPersonId === null ? null : (accounts.get(figure.raterPersonId) ?? null)
				}
			}))
		);
	// what one said of oneself is no news
	const told = new Set(figures.filter((figure) => figure.source !== 'self').map((figure) => figure.subjectOfficerId));
	await tellResults(db, at, await feedbackRound(db, roundId), [...told], origin);
	await audit(db, systemActor, at, 'competency.feedback_closed', { type: 'feedback_round', id: roundId }, { ratings: figures.length });
	return figures.length;
}

/** Accounts of those who rated by name. */
async function accountsOf(db: Db, figures: FeedbackFigure[]): Promise<Map<string, string>> {
	const persons = [...new Set(figures.flatMap((figure) => figure.raterPersonId ?? []))];
	const { rows } = await sql<{ person: string; id: string }>`select coalesce(officer_id, id) as person, id from people.accounts
		where coalesce(officer_id, id) = any(${persons}::uuid[])`.execute(db);
	return new Map(rows.map((row) => [row.person, row.id]));
}
