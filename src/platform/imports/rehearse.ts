import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { inTransaction, type Db } from '../database/connection.ts';
import type { FileStore } from '../files/files.ts';
import { newId } from '../ids.ts';
import { UnreadableFile, type ImportCounts, type ImportKind, type RehearsedRow } from './kinds.ts';
import { aboutThese } from './rows.ts';
import { expectedRows, records } from './table.ts';

const BATCH = 1000;

/** The account behind an import, with what it may do at that moment; null is the system. */
export type ActorOf = (db: Db, at: Date, accountId: string | null) => Promise<Actor>;

/** A newer run took over. */
class Superseded extends Error {}

/**
 * Reads the kept file from its beginning and writes every row's outcome, a thousand rows a transaction so that the
 * page can tell how far it is. Killed half-way, it simply begins again; a run that was superseded stops at its next
 * batch.
 */
export async function rehearse(db: Db, files: FileStore, kinds: ImportKind[], importId: string, at: Date, actorOf: ActorOf): Promise<void> {
	const run = newId();
	const begun = await sql<{ kind: string; file_sha256: string; created_by: string | null }>`
		update platform.imports set run = ${run}, seen_turn = coalesce((select max(turn) from platform.imports), 0), failure = null
		where id = ${importId} and state = 'reading' returning kind, file_sha256, created_by`.execute(db);
	const job = begun.rows[0];
	if (!job) return;
	const kind = kinds.find((candidate) => candidate.kind === job.kind);
	if (!kind) throw new Error(`Unknown kind of import: ${job.kind}`);
	try {
		await readAll(db, await files.get(job.file_sha256), kind, importId, run, at, await actorOf(db, at, job.created_by));
	} catch (cause) {
		if (cause instanceof Superseded) return;
		if (!(cause instanceof UnreadableFile)) throw cause;
		await sql`update platform.imports set state = 'failed', failure = ${JSON.stringify({ code: cause.code, params: cause.params })}::jsonb
			where id = ${importId} and run = ${run} and state = 'reading'`.execute(db);
	}
}

async function readAll(db: Db, bytes: Buffer, kind: ImportKind, importId: string, run: string, at: Date, actor: Actor): Promise<void> {
	const rehearsal = await kind.begin(db, at, actor);
	const expected = expectedRows(bytes);
	await owned(db, importId, run, (own) => sql`delete from platform.import_rows where import_id = ${importId}`.execute(own));
	let batch: RehearsedRow[] = [];
	let last = 1;
	let read = 0;
	let writing = Promise.resolve();
	const write = (rows: RehearsedRow[]) =>
		owned(db, importId, run, async (own) => {
			read += rows.length;
			await rehearsal.compare(
				own,
				rows.filter((row) => row.outcome !== 'refused' && row.outcome !== 'skipped')
			);
			await writeRows(own, importId, rows);
			await sql`update platform.imports set counts = counts || ${JSON.stringify({ read, ...(expected === undefined ? {} : { expected }) })}::jsonb where id = ${importId}`.execute(
				own
			);
		});
	// the next rows are read while the database takes these
	const flush = async () => {
		await writing;
		if (batch.length === 0) return;
		writing = write(batch);
		writing.catch(() => {}); // told by whoever awaits it
		batch = [];
	};
	for await (const record of records(bytes, kind.columns)) {
		const row: RehearsedRow = {
			row: record.row,
			line: record.line,
			outcome: 'new',
			key: null,
			label: null,
			faults: [],
			changes: [],
			data: null,
			targetId: null,
			subjectId: null
		};
		last = record.row;
		if (record.blank) row.outcome = 'skipped';
		else {
			if (!record.whole) row.faults.push({ code: 'column_count', column: null, outcome: 'refused' });
			rehearsal.read(record.cells, row);
			if (row.faults.some((fault) => fault.outcome === 'refused')) {
				row.outcome = 'refused';
				row.faults = row.faults.filter((fault) => fault.outcome === 'refused');
				if (!record.whole) row.faults = [row.faults[0]!]; // every further fault is the shift's
				row.data = null;
			}
		}
		batch.push(row);
		if (batch.length >= BATCH) await flush();
	}
	await flush();
	await writing;
	await owned(db, importId, run, async (own) => {
		await rehearsal.finish(own, importId, last + 1);
		await sql`update platform.imports set state = 'rehearsed', counts = ${JSON.stringify(await countsOf(own, importId))}::jsonb where id = ${importId}`.execute(
			own
		);
	});
}

/** A transaction that holds the import and writes only while this run owns it. */
function owned<T>(db: Db, importId: string, run: string, work: (db: Db) => Promise<T>): Promise<T> {
	return inTransaction(db, async (own) => {
		const { rows } =
			await sql`select 1 from platform.imports where id = ${importId} and run = ${run} and state = 'reading' for update`.execute(own);
		if (rows.length === 0) throw new Superseded();
		return work(own);
	});
}

async function writeRows(db: Db, importId: string, rows: RehearsedRow[]): Promise<void> {
	// NUL cannot be stored, and a row is refused for it with its place named
	const json = JSON.stringify(
		rows.map((row) => ({ ...row, label: row.label?.replace(/\p{Cc}/gu, '\u2423') ?? null, key: row.key?.replace(/\p{Cc}/gu, '') ?? null }))
	);
	await sql`insert into platform.import_rows (import_id, row, line, outcome, key, label, faults, changes, data, target_id, subject_id)
		select ${importId}, row, line, outcome, key, label, faults, changes, data, "targetId", "subjectId"
		from jsonb_to_recordset(${json}::jsonb) as t(row int, line int, outcome text, key text, label text, faults jsonb, changes jsonb, data jsonb, "targetId" uuid, "subjectId" uuid)`.execute(
		db
	);
}

/** @param subjects only rows about these, or about nobody known */
export async function countsOf(db: Db, importId: string, subjects?: RawBuilder<unknown>): Promise<ImportCounts> {
	const { rows } = await sql<ImportCounts>`select
		count(*) filter (where outcome in ('new', 'changed', 'unchanged', 'refused'))::int as rows,
		count(*) filter (where outcome = 'new')::int as new,
		count(*) filter (where outcome = 'changed')::int as changed,
		count(*) filter (where outcome = 'unchanged')::int as unchanged,
		count(*) filter (where outcome = 'refused')::int as refused,
		count(*) filter (where outcome in ('new', 'changed', 'unchanged') and faults @> '[{"outcome":"warned"}]')::int as warned,
		count(*) filter (where outcome = 'skipped')::int as skipped,
		count(*) filter (where outcome = 'absent')::int as absent
		from platform.import_rows where import_id = ${importId} ${aboutThese(subjects)}`.execute(db);
	return rows[0]!;
}
