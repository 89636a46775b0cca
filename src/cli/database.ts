/** The database of this installation: the embedded one, or the one that DATABASE_URL names. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { seedReference } from '../app/reference.ts';
import { connect, inTransaction } from '../platform/database/connection.ts';
import { startEmbedded } from '../platform/database/embedded.ts';
import { migrate } from '../platform/database/migrate.ts';
import { dataFolder, secretsOf, type Secrets } from '../platform/data-folder.ts';

export interface Database {
	url: string;
	folder: string;
	secrets: Secrets;
	/** A server that ran before, such as that of `npm start`: leave it running. */
	adopted: boolean;
	/** Stops the embedded server; nothing to do for another one. */
	stop(): Promise<void>;
}

const FLOOR = 15;

/** Starts or finds the database, creates `siginjai` in it when missing, and migrates. */
export async function openDatabase(): Promise<Database> {
	const folder = dataFolder();
	const secrets = secretsOf(folder);
	let url = process.env.DATABASE_URL;
	let stop = async () => {};
	let adopted = true;
	if (!url) {
		const server = await startEmbedded({ folder: join(folder, 'postgres'), password: secrets.database });
		url = server.url();
		stop = server.stop;
		adopted = server.adopted;
		await createIfMissing(server.url('postgres'));
	}
	await bringUpToDate(url);
	return { url, folder, secrets, adopted, stop };
}

async function bringUpToDate(url: string): Promise<void> {
	const connection = connect(url, 2);
	try {
		const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int / 10000 as version`.execute(
			connection.db
		);
		if (rows[0]!.version < FLOOR) throw new Error(`PostgreSQL ${rows[0]!.version} terlalu lama; perlu ${FLOOR} atau lebih baru.`);
		await migrate(connection.db, 'migrations');
		await inTransaction(connection.db, seedReference);
	} finally {
		await connection.close();
	}
}

/** Throws away all that the embedded database holds: for a demo that was cut off while loading, and nothing else. */
export async function recreateEmbedded(database: Database): Promise<void> {
	if (process.env.DATABASE_URL) throw new Error('Only the embedded database is ours to throw away');
	const url = Object.assign(new URL(database.url), { pathname: '/postgres' }).href;
	const connection = connect(url, 1);
	try {
		await sql`drop database if exists siginjai with (force)`.execute(connection.db);
	} finally {
		await connection.close();
	}
	await createIfMissing(url);
	await bringUpToDate(database.url);
}

async function createIfMissing(url: string): Promise<void> {
	const connection = connect(url, 1);
	try {
		const { rows } = await sql`select 1 from pg_database where datname = 'siginjai'`.execute(connection.db);
		if (rows.length === 0) await sql`create database siginjai`.execute(connection.db);
	} finally {
		await connection.close();
	}
}

/** The data folder's kind: made by the first start, `demo` or `empty`. */
export function kindOfInstallation(folder: string): 'demo' | 'empty' | undefined {
	const file = join(folder, 'installation.json');
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { kind: 'demo' | 'empty' }).kind : undefined;
}
