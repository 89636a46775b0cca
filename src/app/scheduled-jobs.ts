/** Jobs that run by the clock. The cron lines (WIB) are set where the worker starts. */
import type { Db } from '#platform/database/connection.ts';
import type { JobHandler } from '#platform/jobs.ts';

export const cronLines: Record<string, string> = { daily: '0 6 * * *' };

export function scheduledJobs(_db: Db): Record<string, JobHandler> {
	return { daily: async () => {} };
}
