/** Jobs that run by the clock. The cron lines (WIB) are set where the worker starts. */
import { closeFeedback, countGapsOfDay, keepPastFigures } from '#modules/competency/server/index.ts';
import { dailyEvaluation } from '#modules/evaluation/server/index.ts';
import { foldOfficerCounts, remindDue } from '#modules/people/server/index.ts';
import { dueFeedbackRounds } from '#modules/surveys/server/index.ts';
import { now } from '#platform/clock.ts';
import { inTransaction, type Db } from '#platform/database/connection.ts';
import type { JobHandler } from '#platform/jobs.ts';

export const cronLines: Record<string, string> = { daily: '0 6 * * *' };

/** Where links in mails lead when no public address is set. */
const origin = () => process.env.SIGINJAI_ORIGIN ?? `http://localhost:${process.env.PORT ?? 3000}`;

export function scheduledJobs(db: Db): Record<string, JobHandler> {
	return {
		// each part stands alone: a fault in one does not undo the other, and all may run again
		daily: async () => {
			await inTransaction(db, (transaction) => dailyEvaluation(transaction, now()));
			for (const roundId of await dueFeedbackRounds(db, now()))
				await inTransaction(db, (transaction) => closeFeedback(transaction, now(), roundId, origin()));
			await inTransaction(db, foldOfficerCounts);
			await inTransaction(db, (transaction) => countGapsOfDay(transaction, now()));
			await keepPastFigures(db, now());
			await inTransaction(db, (transaction) => remindDue(transaction, now(), origin()));
		}
	};
}
