import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

interface SkmReference {
	confidence: string;
	rows: { code: string; name_id: string; name_en: string; order_questionnaire: number }[];
	bands: { grade: string; label_id: string; index_min: number }[];
}

const BASIS = 'PermenPANRB 14/2017';
/** The regulation came into force on 9 May 2017. */
const IN_FORCE = '2017-05-09';

/** Elements and bands into their dated tables; rows that are there stay as they are. */
export async function seedSkm(db: Db): Promise<void> {
	const reference = JSON.parse(readFileSync('reference/skm-elements.json', 'utf8')) as SkmReference;
	for (const row of reference.rows)
		await sql`insert into service.skm_elements (code, position, name_id, name_en, basis, confidence, valid_from)
			values (${row.code}, ${row.order_questionnaire}, ${row.name_id}, ${row.name_en}, ${BASIS}, ${reference.confidence}, ${IN_FORCE})
			on conflict do nothing`.execute(db);
	for (const band of reference.bands)
		await sql`insert into service.skm_bands (grade, label_id, index_min, basis, confidence, valid_from)
			values (${band.grade}, ${band.label_id}, ${band.index_min}, ${BASIS}, ${reference.confidence}, ${IN_FORCE})
			on conflict do nothing`.execute(db);
}
