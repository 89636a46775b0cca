import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';

const read = <T>(file: string): T => JSON.parse(readFileSync(`reference/${file}`, 'utf8')) as T;

interface Competencies {
	confidence: string;
	valid_from: string;
	basis: string;
	rows: {
		code: string;
		name_id: string;
		name_en: string;
		short_id: string;
		short_en: string;
		category: string;
		description_id: string;
		description_en: string;
		levels: object[];
	}[];
}
interface CommonStandard {
	basis: string;
	valid_from: string;
	rows: { rung: string; level: number; confidence: string; note?: string }[];
}
interface Validity {
	valid_from: string;
	rows: { source: string; months: number; basis: string; confidence: string }[];
}
interface Weights {
	basis: string;
	confidence: string;
	valid_from: string;
	rows: { source: string; weight: number }[];
}
interface Jpm {
	basis: string;
	confidence: string;
	valid_from: string;
	rows: { purpose: string; code: string; label_id: string; min: number }[];
}

/** Dictionary, common standard, validity and JPM categories into their dated tables; rows that are there stay as they are. */
export async function seedCompetencies(db: Db): Promise<void> {
	const competencies = read<Competencies>('competencies.json');
	for (const [index, row] of competencies.rows.entries()) {
		await sql`insert into competency.competencies (id, code, category, position, name_id, name_en, short_id, short_en, description_id, description_en, basis, confidence, valid_from)
			values (${newId()}, ${row.code}, ${row.category}, ${index + 1}, ${row.name_id}, ${row.name_en}, ${row.short_id}, ${row.short_en}, ${row.description_id}, ${row.description_en},
				${competencies.basis}, ${competencies.confidence}, ${competencies.valid_from}) on conflict do nothing`.execute(db);
		await sql`insert into competency.levels (competency_id, level, label_id, label_en, summary_id, summary_en)
			select k.id, t.level, t.label_id, t.label_en, t.summary_id, t.summary_en from competency.competencies k,
				jsonb_to_recordset(${JSON.stringify(row.levels)}::jsonb) as t(level int, label_id text, label_en text, summary_id text, summary_en text)
			where k.code = ${row.code} on conflict do nothing`.execute(db);
	}
	await seedCommonStandard(
		db,
		competencies.rows.map((row) => row.code)
	);
	await seedValidity(db);
	await seedWeights(db);
	await seedJpm(db);
}

/** The same level for all nine competencies, by rung (regulations §2.2). */
async function seedCommonStandard(db: Db, codes: string[]): Promise<void> {
	const common = read<CommonStandard>('common-standard.json');
	const known = await sql<{ id: string; code: string }>`select id, code from competency.competencies where code = any(${codes})`.execute(
		db
	);
	const rows = common.rows.flatMap((row) =>
		known.rows.map((competency) => ({
			id: newId(),
			rung: row.rung,
			competency_id: competency.id,
			level: row.level,
			basis: row.note ? `${common.basis}; ${row.note}` : common.basis,
			confidence: row.confidence,
			valid_from: common.valid_from
		}))
	);
	await sql`insert into competency.standards (id, rung, competency_id, level, basis, confidence, valid_from)
		select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
			as t(id uuid, rung text, competency_id uuid, level int, basis text, confidence text, valid_from date)
		on conflict do nothing`.execute(db);
}

async function seedValidity(db: Db): Promise<void> {
	const validity = read<Validity>('rating-validity.json');
	for (const row of validity.rows)
		await sql`insert into competency.validity_rules (source, valid_from, months, basis, confidence)
			values (${row.source}, ${validity.valid_from}, ${row.months}, ${row.basis}, ${row.confidence}) on conflict do nothing`.execute(db);
}

async function seedWeights(db: Db): Promise<void> {
	const weights = read<Weights>('source-weights.json');
	for (const row of weights.rows)
		await sql`insert into competency.source_weights (source, valid_from, weight, basis, confidence)
			values (${row.source}, ${weights.valid_from}, ${row.weight}, ${weights.basis}, ${weights.confidence}) on conflict do nothing`.execute(db);
}

async function seedJpm(db: Db): Promise<void> {
	const jpm = read<Jpm>('jpm-categories.json');
	for (const row of jpm.rows)
		await sql`insert into competency.jpm_categories (purpose, code, label_id, minimum, basis, confidence, valid_from)
			values (${row.purpose}, ${row.code}, ${row.label_id}, ${row.min}, ${jpm.basis}, ${jpm.confidence}, ${jpm.valid_from}) on conflict do nothing`.execute(
			db
		);
}
