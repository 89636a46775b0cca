import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';

/**
 * Which of these records are referred to from anywhere, found in the catalogue of foreign keys, so that undo of a low
 * module's import respects modules that it does not know.
 * @param ignore columns that do not count, `schema.table.column`
 * @returns by id, the first table that refers to it
 */
export async function referencesTo(db: Db, table: string, ids: string[], ignore: string[] = []): Promise<Map<string, string>> {
	const keys = await sql<{ schema: string; name: string; column: string }>`
		select n.nspname as schema, t.relname as name, a.attname as column
		from pg_constraint k
		join pg_class t on t.oid = k.conrelid
		join pg_namespace n on n.oid = t.relnamespace
		join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
		where k.contype = 'f' and k.confrelid = ${table}::regclass and array_length(k.conkey, 1) = 1
		order by 1, 2, 3`.execute(db);
	const found = new Map<string, string>();
	for (const { schema, name, column } of keys.rows) {
		if (ignore.includes(`${schema}.${name}.${column}`)) continue;
		const { rows } = await sql<{
			id: string;
		}>`select distinct ${sql.ref(column)} as id from ${sql.table(`${schema}.${name}`)} where ${sql.ref(column)} = any(${ids}::uuid[])`.execute(
			db
		);
		for (const { id } of rows) if (!found.has(id)) found.set(id, `${schema}.${name}`);
	}
	return found;
}
