/**
 * One PostgreSQL for the tests, with a migrated template that each test file clones. `SIGINJAI_TEST_DATABASE_URL`
 * (a server where we may create databases) takes another server, such as the oldest version we support.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { seedReference } from '../src/app/reference.ts';
import { connect, inTransaction } from '../src/platform/database/connection.ts';
import { startEmbedded } from '../src/platform/database/embedded.ts';
import { migrate } from '../src/platform/database/migrate.ts';
import { openJobs } from '../src/platform/jobs.ts';

/** Durability is tested by the fault tests on a server of their own; here speed matters. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** Queues of the app; a job of another name is refused by the database. */
const QUEUES = ['event', 'mail', 'daily', 'import'];

export async function testServer(): Promise<{ url(database: string): string; template: string }> {
	const given = process.env.SIGINJAI_TEST_DATABASE_URL;
	const url = given ? (database: string) => Object.assign(new URL(given), { pathname: `/${database}` }).href : (await embedded()).url;
	return { url, template: await template(url) };
}

const embedded = () => startEmbedded({ folder: '.data-test/postgres', password: 'test', settings: FAST });

/** Between runs the server stays up and is adopted; the whole `npm test` stops it at its end. */
export const stopTestServer = async (): Promise<void> => (await embedded()).stop();

async function template(url: (database: string) => string): Promise<string> {
	const hash = createHash('sha256').update(QUEUES.join());
	for (const folder of ['migrations', 'reference'])
		for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
			if (/\.(sql|json)$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
	const name = `template_${hash.digest('hex').slice(0, 16)}`;
	const admin = connect(url('postgres'), 1);
	try {
		await admin.db.connection().execute(async (connection) => {
			await sql`select pg_advisory_lock(7203116)`.execute(connection);
			try {
				const known = await sql`select 1 from pg_database where datname = ${name}`.execute(connection);
				if (known.rows.length > 0) return;
				await sql.raw(`drop database if exists ${name}_new with (force)`).execute(connection); // of a run that was cut off
				await sql.raw(`create database ${name}_new template template0 encoding 'UTF8'`).execute(connection);
				const made = connect(url(`${name}_new`), 2);
				await migrate(made.db, 'migrations');
				await inTransaction(made.db, seedReference);
				await made.close();
				const jobs = await openJobs(url(`${name}_new`), Object.fromEntries(QUEUES.map((name) => [name, async () => {}])), () => {});
				await jobs.stop();
				await sql.raw(`alter database ${name}_new rename to ${name}`).execute(connection);
			} finally {
				await sql`select pg_advisory_unlock(7203116)`.execute(connection);
			}
		});
	} finally {
		await admin.close();
	}
	return name;
}

export default async function setup(project: TestProject) {
	const server = await testServer();
	project.provide('adminUrl', server.url('postgres'));
	project.provide('template', server.template);
}

declare module 'vitest' {
	export interface ProvidedContext {
		adminUrl: string;
		template: string;
	}
}
