/** What one process of Siginjai holds: opened once at the edge, closed at shutdown, imported by no module. */
import { join } from 'node:path';
import { freshenGaps, keepPastFigures } from '#modules/competency/server/index.ts';
import { actorOfAccount } from '#modules/people/server/index.ts';
import { now } from '#platform/clock.ts';
import { connect, type Connection } from '#platform/database/connection.ts';
import { dataFolder } from '#platform/data-folder.ts';
import { deliverEvents } from '#platform/events.ts';
import { localFiles, type FileStore } from '#platform/files/files.ts';
import { importJob } from '#platform/imports/imports.ts';
import { openJobs, type JobQueue } from '#platform/jobs.ts';
import { log } from '#platform/log.ts';
import { mailHandler } from '#platform/mail/mail.ts';
import { createAuth, type Auth } from '#platform/session/auth.ts';
import { importKinds } from './import-kinds.ts';
import { listeners } from './listeners.ts';
import { scheduledJobs } from './scheduled-jobs.ts';

export interface Runtime {
	connection: Connection;
	auth: Auth;
	files: FileStore;
	jobs: JobQueue;
	/** Every page says "Data contoh". */
	demo: boolean;
	close(): Promise<void>;
}

export interface RuntimeOptions {
	databaseUrl: string;
	secret: string;
	demo: boolean;
	origin?: string | undefined;
	folder?: string;
}

/** No page needs so long; what does is ended. */
const PAGE_SECONDS = 30;

export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
	const folder = options.folder ?? dataFolder();
	const connection = connect(options.databaseUrl, 10, PAGE_SECONDS);
	// an import or an analysis takes no connection from the pages, and may take its time
	const working = connect(options.databaseUrl, 4);
	const files = localFiles(join(folder, 'files'));
	const jobs = await openJobs(
		options.databaseUrl,
		{
			event: deliverEvents(working.db, listeners),
			mail: mailHandler(folder),
			import: async (data) => {
				await importJob(working.db, files, importKinds, now, actorOfAccount)(data);
				// thousands may stand elsewhere now: counted before somebody waits for it on a page
				await freshenGaps(working.db, now());
				await keepPastFigures(working.db, now());
			},
			...scheduledJobs(working.db)
		},
		(error) => log.error({ err: error }, 'job failed')
	);
	return {
		connection,
		files,
		jobs,
		auth: createAuth(connection.db, options.secret, options.origin),
		demo: options.demo,
		async close() {
			await jobs.stop();
			await Promise.all([connection.close(), working.close()]);
		}
	};
}
