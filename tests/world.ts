/** A database of its own for a test file, cloned from the migrated template in a tenth of a second. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { listeners } from '../src/app/listeners.ts';
import { scheduledJobs } from '../src/app/scheduled-jobs.ts';
import { connect, inTransaction, type Connection, type Db } from '../src/platform/database/connection.ts';
import { deliverEvents } from '../src/platform/events.ts';
import { localFiles, type FileStore } from '../src/platform/files/files.ts';
import { newId } from '../src/platform/ids.ts';
import { openJobs, type JobQueue } from '../src/platform/jobs.ts';
import type { Mail } from '../src/platform/mail/mail.ts';

export interface World {
	db: Db;
	url: string;
	/** Gone with the world. */
	files: FileStore;
	/** Everything mailed, in order, once `drain()` ran. */
	mails: Mail[];
	transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
	/** Delivers all events and mails that are due. */
	drain(): Promise<void>;
	close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
	const admin = connect(inject('adminUrl'), 1);
	const name = `world_${newId().replaceAll('-', '')}`;
	await sql.raw(`create database ${name} template ${inject('template')}`).execute(admin.db);
	await admin.close();
	const url = Object.assign(new URL(inject('adminUrl')), { pathname: `/${name}` }).href;
	const connection: Connection = connect(url, 5);
	const mails: Mail[] = [];
	const folder = mkdtempSync(join(tmpdir(), 'siginjai-files-'));
	let jobs: JobQueue | undefined;
	return {
		db: connection.db,
		url,
		files: localFiles(folder),
		mails,
		transaction: (work) => inTransaction(connection.db, work),
		async drain() {
			jobs ??= await openJobs(
				url,
				{
					event: deliverEvents(connection.db, listeners),
					mail: async (data) => void mails.push(data as unknown as Mail),
					...scheduledJobs(connection.db)
				},
				(error) => {
					throw error;
				}
			);
			await jobs.drain();
		},
		async close() {
			await jobs?.stop();
			await connection.close();
			rmSync(folder, { recursive: true, force: true });
			const again = connect(inject('adminUrl'), 1);
			await dropWhenLeft(again.db, name);
			await again.close();
		}
	};
}

/** A connection that is still saying goodbye would be ended by force, and its end reported as a fault of the test. */
async function dropWhenLeft(db: Db, name: string): Promise<void> {
	for (let attempt = 0; attempt < 40; attempt++) {
		try {
			return void (await sql.raw(`drop database if exists ${name}`).execute(db));
		} catch (cause) {
			if ((cause as { code?: string }).code !== '55006') throw cause; // object in use
			await new Promise((go) => setTimeout(go, 50));
		}
	}
	await sql.raw(`drop database if exists ${name} with (force)`).execute(db);
}
