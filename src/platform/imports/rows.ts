import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { Change, Fault } from './kinds.ts';

export interface ImportRow {
	row: number;
	line: number;
	outcome: 'new' | 'changed' | 'unchanged' | 'refused' | 'absent' | 'skipped';
	key: string | null;
	label: string | null;
	faults: Fault[];
	changes: Change[];
	kept_because: string | null;
}

export const ROW_FILTERS = ['refused', 'warned', 'changed', 'new', 'unchanged', 'absent', 'skipped', 'kept'] as const;
export type RowFilter = (typeof ROW_FILTERS)[number];

/** Rows of one outcome, or with any fault (`noted`), in the order of the file, paged by row number. */
export async function importRows(
	db: Db,
	importId: string,
	filter: RowFilter | 'noted' | undefined,
	after = 0,
	limit = 50
): Promise<ImportRow[]> {
	const { rows } = await sql<ImportRow>`select row, line, outcome, key, label, faults, changes, kept_because from platform.import_rows
		where import_id = ${importId} and row > ${after} ${conditionOf(filter)} order by row limit ${limit}`.execute(db);
	return rows;
}

function conditionOf(filter: RowFilter | 'noted' | undefined): RawBuilder<unknown> {
	if (!filter) return sql``;
	if (filter === 'noted') return sql`and faults <> '[]'`;
	if (filter === 'warned') return sql`and outcome in ('new', 'changed', 'unchanged') and faults @> '[{"outcome":"warned"}]'`;
	if (filter === 'kept') return sql`and kept_because is not null`;
	return sql`and outcome = ${filter}`;
}

/** How many rows undo left alone. */
export async function keptRows(db: Db, importId: string): Promise<number> {
	const { rows } = await sql<{
		kept: number;
	}>`select count(*)::int as kept from platform.import_rows where import_id = ${importId} and kept_because is not null`.execute(db);
	return rows[0]!.kept;
}
