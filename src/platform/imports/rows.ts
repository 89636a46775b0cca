import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { Change, Fault } from './kinds.ts';

/** Why undo left a row alone: it is about somebody whom the actor did not reach. */
export const BEYOND_REACH = 'beyond_reach';
/** What stands in `kept_because` when a second undo leaves a row because the first has done it. */
export const UNDONE = 'undone';

const kept = sql`nullif(kept_because, ${UNDONE})`;

export interface ImportRow {
	row: number;
	line: number;
	outcome: 'new' | 'changed' | 'unchanged' | 'refused' | 'absent' | 'skipped';
	key: string | null;
	label: string | null;
	faults: Fault[];
	changes: Change[];
	/** What was read; null where nothing is to be written. */
	data: Record<string, unknown> | null;
	kept_because: string | null;
}

export const ROW_FILTERS = ['refused', 'warned', 'changed', 'new', 'unchanged', 'absent', 'skipped', 'kept'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

/**
 * Rows of one outcome, or with any fault (`noted`), in the order of the file, paged by row number.
 * @param subjects only rows about these, or about nobody known
 */
export async function importRows(
	db: Db,
	importId: string,
	filter: RowFilter | 'noted' | undefined,
	after = 0,
	limit = 50,
	subjects?: RawBuilder<unknown>
): Promise<ImportRow[]> {
	const { rows } =
		await sql<ImportRow>`select row, line, outcome, key, label, faults, changes, data, ${kept} as kept_because from platform.import_rows
		where import_id = ${importId} and row > ${after} ${conditionOf(filter)} ${aboutThese(subjects)} order by row limit ${limit}`.execute(db);
	return rows;
}

function conditionOf(filter: RowFilter | 'noted' | undefined): RawBuilder<unknown> {
	if (!filter) return sql``;
	if (filter === 'noted') return sql`and faults <> '[]'`;
	if (filter === 'warned') return sql`and outcome in ('new', 'changed', 'unchanged') and faults @> '[{"outcome":"warned"}]'`;
	if (filter === 'kept') return sql`and ${kept} is not null`;
	return sql`and outcome = ${filter}`;
}

/** Ids of the records that an import wrote, without those that undo leaves alone. */
export const writtenBy = (importId: string): RawBuilder<unknown> =>
	sql`select target_id from platform.import_rows where import_id = ${importId} and outcome in ('new', 'changed') and kept_because is null`;

export const aboutThese = (subjects?: RawBuilder<unknown>): RawBuilder<unknown> =>
	subjects ? sql`and (subject_id is null or subject_id in (${subjects}))` : sql``;

/** How many rows undo left alone: used since, or about somebody beyond the reach of who undid it. */
export async function keptRows(db: Db, importId: string): Promise<{ used: number; beyond: number }> {
	const { rows } = await sql<{ used: number; beyond: number }>`
		select count(*) filter (where ${kept} <> ${BEYOND_REACH})::int as used, count(*) filter (where ${kept} = ${BEYOND_REACH})::int as beyond
		from platform.import_rows where import_id = ${importId}`.execute(db);
	return rows[0]!;
}
