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

/** Texts with more values than this, such as inserts of many rows, come in too many lengths to be kept. */
const MOST_VALUES = 40;
const MOST_STATEMENTS = 1000;

/** A text without values may be several statements, such as a migration. */
const isQuery = (text: string): boolean => /^\s*(select|with)\s/i.test(text) && !text.includes(';');

/**
 * Names each query, so that a connection parses and plans it once: for a page of twenty small queries that is most of
 * what the database does. The name is the text's; PostgreSQL keeps choosing between a general and a particular plan.
 */
class PreparingClient extends pg.Client {
	static readonly #names = new Map<string, string>();

	static nameOf(text: string): string | undefined {
		const known = this.#names.get(text);
		if (known !== undefined || this.#names.size >= MOST_STATEMENTS) return known;
		const name = `q${this.#names.size}`;
		this.#names.set(text, name);
		return name;
	}

	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- pg's own overloads
	override query(config: any, values?: any, callback?: any): any {
		if (typeof config !== 'string' || !Array.isArray(values) || values.length > MOST_VALUES || (values.length === 0 && !isQuery(config)))
			return super.query(config, values, callback);
		return super.query({ name: PreparingClient.nameOf(config), text: config, values }, callback);
	}
}

/**
 * Opens a pool. `max` 10 fits two cores; the database allows 100. With `seconds` a statement that runs longer is ended:
 * the person who asked has left, and the processor is needed by the others.
 */
export function connect(url: string, max = 10, seconds = 0): Connection {
	const pool = new pg.Pool({
		connectionString: url,
		max,
		types,
		application_name: 'siginjai',
		statement_timeout: seconds * 1000,
		Client: PreparingClient
	});
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
