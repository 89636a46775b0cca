import { sql } from 'kysely';
import { PgBoss, type Job } from 'pg-boss';
import type { Db } from './database/connection.ts';
import { newId } from './ids.ts';

/**
 * Jobs live in PostgreSQL (pg-boss). `enqueue` writes the row by SQL, which pg-boss documents for this purpose, so
 * that a job is born in the caller's transaction and dies with its rollback. Jobs are shallow and idempotent.
 */
export type JobHandler = (data: Record<string, unknown>) => Promise<void>;

export interface JobQueue {
	/** Works all queues in the background. */
	work(): Promise<void>;
	/** Runs everything that is due now until nothing is left; for tests, the demo and the command line. */
	drain(): Promise<number>;
	/** Runs `name` by a cron line, in WIB. */
	schedule(name: string, cron: string): Promise<void>;
	stop(): Promise<void>;
}

/** A job whose process died goes to another one after these seconds without a sign of life, not after a quarter of an hour. */
const HEARTBEAT_SECONDS = 30;
/** How often somebody looks for such jobs. */
const LOOK_SECONDS = 10;

export async function enqueue(db: Db, name: string, data: Record<string, unknown>): Promise<void> {
	await sql`insert into pgboss.job (id, name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
		values (${newId()}, ${name}, ${JSON.stringify(data)}::jsonb, 8, 5, true, ${HEARTBEAT_SECONDS})`.execute(db);
}

/** Opens the queue, making its schema on first use. */
export async function openJobs(url: string, handlers: Record<string, JobHandler>, onError: (error: Error) => void): Promise<JobQueue> {
	const boss = new PgBoss({
		connectionString: url,
		schema: 'pgboss',
		max: 4,
		application_name: 'siginjai-jobs',
		superviseIntervalSeconds: LOOK_SECONDS,
		monitorIntervalSeconds: LOOK_SECONDS
	});
	boss.on('error', onError);
	await boss.start();
	for (const name of Object.keys(handlers)) await boss.createQueue(name, { heartbeatSeconds: HEARTBEAT_SECONDS });

	const runOne = async (name: string, job: Job<object>) => {
		const handler = handlers[name];
		if (!handler) throw new Error(`No handler for job ${name}`);
		await handler(job.data as Record<string, unknown>);
	};

	/** Each job of a batch ends by itself and at once: the fault of one, or a crash after it, repeats no other. */
	const settle = async (name: string, job: Job<object>) => {
		// taken from a process that was too slow
		if (job.signal.aborted) return;
		try {
			await runOne(name, job);
		} catch (error) {
			onError(error as Error);
			await boss.fail(name, job, error as Error);
			return;
		}
		await boss.complete(name, job);
	};

	return {
		async work() {
			for (const name of Object.keys(handlers)) {
				await boss.work(name, { pollingIntervalSeconds: 1, batchSize: 10 }, async (jobs: Job<object>[]) => {
					for (const job of inOrder(jobs)) await settle(name, job);
				});
			}
		},
		async drain() {
			let done = 0;
			for (let found = true; found;) {
				found = false;
				for (const name of Object.keys(handlers)) {
					for (;;) {
						const jobs = await boss.fetch<object>(name, { batchSize: 50 });
						if (jobs.length === 0) break;
						found = true;
						for (const job of inOrder(jobs)) {
							await runOne(name, job);
							await boss.complete(name, job.id);
							done++;
						}
					}
				}
			}
			return done;
		},
		schedule: async (name, cron) => {
			await boss.schedule(name, cron, {}, { tz: 'Asia/Jakarta' });
		},
		stop: () => boss.stop({ graceful: true, timeout: 5000, close: true })
	};
}

/** A batch comes in any order; ids tell which job was born first. */
const inOrder = (jobs: Job<object>[]): Job<object>[] => [...jobs].sort((a, b) => (a.id < b.id ? -1 : 1));
