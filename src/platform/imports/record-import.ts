/**
 * An import whose rows are the rows of one table: each has a key of its own in the file, nothing that is not in the
 * file is touched, and a later row of the same key in one file is refused. Bringing the same file in twice, or its rows
 * in another order, comes to the same.
 */
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../database/connection.ts';
import { newId } from '../ids.ts';
import { cellReader, type CellReader } from './cells.ts';
import type { Change, ImportColumn, ImportKind, ImportScope, RehearsedRow } from './kinds.ts';
import { referencesTo } from './references.ts';

/** What a row says, in the columns of the table, with `source_key`; null when it is refused. */
export type RecordRead = (reader: CellReader, row: RehearsedRow) => ({ source_key: string } & Record<string, unknown>) | null;

export interface RecordImport {
	kind: string;
	columns: ImportColumn[];
	/** `schema.table` with `id uuid`, `source_key text unique` and `imported_by uuid`. */
	table: string;
	/** Column of the table → column of the file, for what changed. */
	fields: Record<string, string>;
	/** Columns that are written too and follow from the others. */
	derived?: string[];
	/** The column of the file that holds the key, for the fault. */
	keyColumn: string;
	/** With a scope every row that stands names its `subjectId`, and no two subjects share a key: a key tells nothing of others. */
	scope?: ImportScope;
	begin(db: Db, at: Date, actor: Actor): Promise<RecordRead>;
	/** Foreign keys to the table that do not keep a row from being undone. */
	ownReferences?: string[];
	/** Before rows are written: what they lean on. */
	beforeWrite?(db: Db, actor: Actor, at: Date, importId: string): Promise<void>;
	/** After rows were written or taken back: what follows from them. */
	derive?(db: Db, importId: string): Promise<void>;
	/** Before rows are taken back: lets go of what follows from them. */
	release?(db: Db, importId: string): Promise<void>;
	/** After rows were taken back. */
	afterUndo?(db: Db, importId: string): Promise<void>;
}

const KEY_LIMIT = 200;

export function recordImport(spec: RecordImport): ImportKind {
	const table = sql.table(spec.table);
	const record = sql.raw(`null::${spec.table}`);
	const names = [...Object.keys(spec.fields), ...(spec.derived ?? [])];
	const list = (prefix: string) => sql.raw(names.map((name) => `${prefix}${name}`).join(', '));
	const assignments = sql.raw(names.map((name) => `${name} = p.${name}`).join(', '));
	return {
		kind: spec.kind,
		columns: spec.columns,
		...(spec.scope ? { scope: spec.scope } : {}),
		async begin(db, at, actor) {
			const read = await spec.begin(db, at, actor);
			const seen = new Map<string, number>();
			return {
				read(cells, row) {
					const reader = cellReader(cells, row);
					const found = read(reader, row);
					if (!found || reader.refused()) return;
					if (spec.scope && row.subjectId === null) throw new Error(`${spec.kind}: row ${row.row} is about nobody`);
					if (found.source_key.length > KEY_LIMIT) return reader.refuse('too_long', spec.keyColumn, { limit: KEY_LIMIT });
					const before = seen.get(found.source_key);
					if (before !== undefined) return reader.refuse('key_twice', spec.keyColumn, { row: before });
					seen.set(found.source_key, row.row);
					row.key = found.source_key;
					row.data = found;
				},
				compare: (own, rows) => compare(own, spec, rows),
				finish: async () => {}
			};
		},
		async apply(db, actor, at, importId) {
			await spec.beforeWrite?.(db, actor, at, importId);
			await sql`update platform.import_rows r set before = to_jsonb(t) from ${table} t
				where r.import_id = ${importId} and r.outcome = 'changed' and t.id = r.target_id`.execute(db);
			await sql`insert into ${table} (id, source_key, imported_by, ${list('')})
				select r.target_id, p.source_key, ${importId}, ${list('p.')} from platform.import_rows r, jsonb_populate_record(${record}, r.data) p
				where r.import_id = ${importId} and r.outcome = 'new'`.execute(db);
			await sql`update ${table} t set ${assignments}, imported_by = ${importId}
				from platform.import_rows r, jsonb_populate_record(${record}, r.data) p
				where r.import_id = ${importId} and r.outcome = 'changed' and t.id = r.target_id`.execute(db);
			await spec.derive?.(db, importId);
		},
		async undo(db, _actor, _at, importId) {
			await keepUsed(db, spec.table, importId, spec.ownReferences);
			await spec.release?.(db, importId);
			await sql`delete from ${table} where id in (select target_id from platform.import_rows
				where import_id = ${importId} and outcome = 'new' and kept_because is null)`.execute(db);
			await sql`update ${table} t set ${assignments}, imported_by = p.imported_by
				from platform.import_rows r, jsonb_populate_record(${record}, r.before) p
				where r.import_id = ${importId} and r.outcome = 'changed' and r.kept_because is null and t.id = r.target_id`.execute(db);
			await spec.derive?.(db, importId);
			await spec.afterUndo?.(db, importId);
		}
	};
}

async function compare(db: Db, spec: RecordImport, rows: RehearsedRow[]): Promise<void> {
	const { rows: found } = await sql<{
		id: string;
		record: Record<string, unknown>;
	}>`select t.id, to_jsonb(t) as record from ${sql.table(spec.table)} t where t.source_key = any(${rows.map((row) => row.key)})`.execute(
		db
	);
	const known = new Map(found.map((row) => [String(row.record.source_key), row]));
	for (const row of rows) {
		const before = known.get(row.key!);
		row.targetId = before?.id ?? newId();
		row.changes = before ? changesOf(spec.fields, before.record, row.data!) : [];
		row.outcome = !before ? 'new' : row.changes.length > 0 ? 'changed' : 'unchanged';
		if (row.outcome === 'unchanged') row.data = null;
	}
}

function changesOf(fields: Record<string, string>, before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
	return Object.entries(fields)
		.map(([name, column]) => ({ column, before: written(before[name]), after: written(after[name]) }))
		.filter((change) => change.before !== change.after);
}

/** Keys of an object in one order, numbers as numbers: the database gives them back as it likes. */
function written(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'object') return JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));
	return String(value);
}

/**
 * Rows that a later import changed again, or that something refers to by now, stay and are named.
 * @param table has `imported_by`
 * @param ownReferences columns that go with the row and do not count, `schema.table.column`
 */
export async function keepUsed(db: Db, table: string, importId: string, ownReferences: string[] = []): Promise<void> {
	const { rows } = await sql<{ id: string; outcome: string; later: boolean }>`
		select r.target_id as id, r.outcome, t.imported_by is distinct from ${importId} as later
		from platform.import_rows r left join ${sql.table(table)} t on t.id = r.target_id
		where r.import_id = ${importId} and r.outcome in ('new', 'changed') and r.kept_because is null`.execute(db);
	const fresh = rows.filter((row) => row.outcome === 'new').map((row) => row.id);
	const used = await referencesTo(db, table, fresh, ownReferences);
	const kept = rows
		.filter((row) => row.later || used.has(row.id))
		.map((row) => ({ id: row.id, because: row.later ? 'later_import' : used.get(row.id)! }));
	await sql`update platform.import_rows r set kept_because = k.because from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k(id uuid, because text)
		where r.import_id = ${importId} and r.target_id = k.id and r.outcome in ('new', 'changed')`.execute(db);
}
