import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

export interface Government {
	id: string;
	name: string;
	kind: 'provinsi' | 'kabupaten' | 'kota';
}

interface Region {
	code: string;
	name: string;
	type: 'provinsi' | 'kabupaten' | 'kota';
	bkn_instansi_code: string | null;
}

/** Governments that `reference/regions.json` knows, the province first. */
export function knownRegions(): Region[] {
	const { rows } = JSON.parse(readFileSync('reference/regions.json', 'utf8')) as { rows: Region[] };
	return rows
		.filter((region) => ['provinsi', 'kabupaten', 'kota'].includes(region.type))
		.sort((a, b) => a.code.length - b.code.length || a.code.localeCompare(b.code));
}

export const governmentName = (region: { name: string; type: string }): string =>
	region.type === 'provinsi' ? `Pemerintah Provinsi ${region.name}` : `Pemerintah ${region.name}`;

export async function governments(db: Db): Promise<Government[]> {
	const { rows } = await sql<Government>`select id, name, kind from people.governments order by kind desc, name, id limit 1000`.execute(db);
	return rows;
}
