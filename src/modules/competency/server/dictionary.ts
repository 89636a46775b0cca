import { sql, type RawBuilder } from 'kysely';
import { getLocale } from '#paraglide/runtime.js';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import type { JpmPurpose } from '../rules.ts';

export interface Competency {
	id: string;
	/** Code of the regulation, `M.3`; also its place in addresses. */
	code: string;
	category: string;
	/** In the language of the request. */
	name: string;
	/** Two or three letters, to head a column; the code where there are none. */
	short: string;
	description: string;
	basis: string;
	confidence: string;
	/** The government affair of a technical one. */
	field: string | null;
}

export interface Level {
	level: number;
	label: string;
	/** What somebody on this level does, in one line. */
	summary: string;
	/** What can be seen of it, where a catalogue says so; in Indonesian. */
	indicators: string[];
}

// where the English text is missing, as in an imported technical catalogue, the Indonesian one stands
const columns = () =>
	getLocale() === 'en'
		? sql`id, code, category, coalesce(nullif(name_en, ''), name_id) as name, coalesce(nullif(short_en, ''), code) as short, coalesce(nullif(description_en, ''), description_id) as description, basis, confidence, field`
		: sql`id, code, category, name_id as name, coalesce(nullif(short_id, ''), code) as short, description_id as description, basis, confidence, field`;

/** Query of the competencies in force, rows of `Competency`. */
export const inForce = (at: Date): RawBuilder<Competency> => sql<Competency>`select ${columns()} from competency.competencies
	where valid_from <= ${dayOf(at)} and (valid_to is null or valid_to >= ${dayOf(at)}) order by position, code`;

/** All competencies in force, in the order of the regulation. */
export const competencies = async (db: Db, at: Date): Promise<Competency[]> => (await inForce(at).execute(db)).rows;

/** For a select: value is the competency's id, label its name in the language of the request. */
export async function competencyOptions(db: Db): Promise<{ value: string; label: string; code: string }[]> {
	const { rows } =
		await sql<Competency>`select ${columns()} from competency.competencies where valid_to is null order by position, code`.execute(db);
	return rows.map((row) => ({ value: row.id, label: row.name, code: row.code }));
}

/** One competency by its id; ended ones too, since the past names them. */
export async function competencyById(db: Db, id: string): Promise<Competency> {
	const { rows } = await sql<Competency>`select ${columns()} from competency.competencies where id = ${id}`.execute(db);
	if (!rows[0]) throw new NotFound('competency');
	return rows[0];
}

/** Names by id in the language of the request, ended ones too. */
export async function competencyNames(db: Db, ids: string[]): Promise<Map<string, { code: string; name: string }>> {
	const { rows } = await sql<Competency>`select ${columns()} from competency.competencies where id = any(${ids}::uuid[])`.execute(db);
	return new Map(rows.map((row) => [row.id, { code: row.code, name: row.name }]));
}

export async function competencyByCode(db: Db, code: string): Promise<Competency> {
	const { rows } = await sql<Competency>`select ${columns()} from competency.competencies where code = ${code}`.execute(db);
	if (!rows[0]) throw new NotFound('competency');
	return rows[0];
}

/** The five levels with the behaviour of each; without a competency, labels only. */
export async function levelLabels(db: Db, competencyId?: string): Promise<Level[]> {
	const label = getLocale() === 'en' ? sql`label_en` : sql`label_id`;
	const summary = getLocale() === 'en' ? sql`coalesce(nullif(summary_en, ''), summary_id)` : sql`summary_id`;
	const { rows } = await (
		competencyId
			? sql<Level>`select level, ${label} as label, ${summary} as summary, indicators from competency.levels where competency_id = ${competencyId} order by level`
			: sql<Level>`select distinct on (level) level, ${label} as label, '' as summary, array[]::text[] as indicators from competency.levels order by level, competency_id`
	).execute(db);
	return rows;
}

export interface JpmCategoryRow {
	purpose: JpmPurpose;
	code: string;
	label: string;
	minimum: number;
	basis: string;
	confidence: string;
}

/** Both category sets in force. */
export async function jpmCategories(db: Db, at: Date): Promise<JpmCategoryRow[]> {
	const day = dayOf(at);
	const { rows } =
		await sql<JpmCategoryRow>`select purpose, code, label_id as label, minimum, basis, confidence from competency.jpm_categories
		where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by purpose, minimum desc`.execute(db);
	return rows;
}
