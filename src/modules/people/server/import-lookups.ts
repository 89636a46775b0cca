import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

export interface KnownOfficer {
	id: string;
	name: string;
}

/** Every officer by the national system's id: how a row of a sheet names a person. Never by name. */
export async function officersBySource(db: Db): Promise<Map<string, KnownOfficer>> {
	const { rows } = await sql<{
		id: string;
		siasn_id: string;
		full_name: string;
	}>`select id, siasn_id, full_name from people.officers`.execute(db);
	return new Map(rows.map((row) => [row.siasn_id, { id: row.id, name: row.full_name }]));
}

/** Every unit that is in force by the national system's id. */
export async function unitsBySource(db: Db): Promise<Map<string, { id: string; name: string }>> {
	const { rows } = await sql<{ id: string; siasn_id: string; name: string }>`
		select id, siasn_id, name from people.current_units where siasn_id is not null`.execute(db);
	return new Map(rows.map((row) => [row.siasn_id, { id: row.id, name: row.name }]));
}
