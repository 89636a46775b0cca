import { Kysely, PostgresDialect, CompiledQuery } from 'kysely';
import pg from 'pg';

/**
 * A connection or an open transaction. Modules narrow it to their own tables: `db.withTables<PeopleTables>()`.
 * Domain functions receive it; only the edge (routes, commands, jobs) opens one.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export type Db = Kysely<{}>;

const DATE = 1082;
const INT8 = 20;
const NUMERIC = 1700;

/** Dates stay text (`yyyy-mm-dd`: no zone can shift them); big integers and decimals become numbers, checked. */
const types = {
	getTypeParser(oid: number, format?: 'text' | 'binary') {
		if (oid === DATE) return (text: string) => text;
		if (oid === INT8) return checkedInteger;
		if (oid === NUMERIC) return Number;
		// eslint-disable-next-line @typescript-eslint/no-explicit-any
		return pg.types.getTypeParser(oid, format as any);
	}
};

function checkedInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError(`Integer beyond 2^53 from the database: ${text}`);
	return value;
}

export interface Connection {
	db: Db;
	pool: pg.Pool;
	close(): Promise<void>;
}

/**
 * Opens a pool. `max` 10 fits two cores; the database allows 100. With `seconds` a statement that runs longer is ended:
 * the person who asked has left, and the processor is needed by the others.
 */
export function connect(url: string, max = 10, seconds = 0): Connection {
	const pool = new pg.Pool({ connectionString: url, max, types, application_name: 'siginjai', statement_timeout: seconds * 1000 });
	pool.on('error', () => {}); // an idle client lost its server: the next query reports it
	const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
	return { db, pool, close: () => db.destroy() };
}

/** Runs `work` in one transaction; a refusal or fault inside rolls all of it back. */
export function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
	return db.transaction().execute((transaction) => work(transaction));
}

/** Raw SQL for libraries that bring their own text, such as the job queue. */
export async function executeRaw(db: Db, text: string, values: unknown[] = []): Promise<{ rows: never[] }> {
	const result = await db.executeQuery(CompiledQuery.raw(text, values));
	return { rows: result.rows as never[] };
}
