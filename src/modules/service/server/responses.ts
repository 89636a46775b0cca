import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import type { SkmForm } from '../forms.ts';
import { bandOf, ELEMENT_CODES, serviceIndex, SMALLEST_SHOWN, type Band, type ElementSum } from '../rules.ts';
import { mayKeep, mayReadSmall } from './access.ts';
import { serviceUnit, serviceUnitByCode, serviceUnits, type ServiceUnit } from './service-units.ts';

/** Stores a citizen's answers once; the same form sent again changes nothing. No account, no address, no name. */
export async function respond(db: Db, at: Date, code: string, form: SkmForm): Promise<void> {
	const unit = await serviceUnitByCode(db, code);
	if (!unit) throw new NotFound('service unit');
	await sql`insert into service.skm_responses
		(id, service_unit_id, answered_at, answered_on, sex, age_band, education, occupation, u1, u2, u3, u4, u5, u6, u7, u8, u9, comment)
		values (${form.response_id}, ${unit.id}, ${at}, ${dayOf(at)}, ${form.sex}, ${form.age_band}, ${form.education}, ${form.occupation},
			${form.u1}, ${form.u2}, ${form.u3}, ${form.u4}, ${form.u5}, ${form.u6}, ${form.u7}, ${form.u8}, ${form.u9}, ${form.comment || null})
		on conflict (id) do nothing`.execute(db);
}

export interface ElementResult extends ElementSum {
	code: string;
	name_id: string;
	name_en: string;
	/** 1–4, undefined without answers. */
	mean: number | undefined;
}

export type IndexResult =
	| { state: 'shown'; respondents: number; index: number; band: Band | undefined; elements: ElementResult[] }
	/** Fewer than five respondents, and the reader is not of the unit's circle. */
	| { state: 'hidden' }
	/** Nobody answered, or nobody answered one of the elements. */
	| { state: 'unknown'; respondents: number; missing: string[] };

interface SumRow {
	service_unit_id: string;
	respondents: number;
	[column: string]: string | number;
}

/** Sums and counts per element of each unit in days `from`–`to` (inclusive); set-based, one row a unit. */
async function sums(db: Db, unitIds: string[], from: string, to: string): Promise<Map<string, SumRow>> {
	if (unitIds.length === 0) return new Map();
	const columns = ELEMENT_CODES.map((code) => {
		const column = sql.ref(code.toLowerCase());
		return sql`coalesce(sum(${column}), 0)::int as ${sql.ref(`${code}_sum`)}, count(${column})::int as ${sql.ref(`${code}_count`)}`;
	});
	const { rows } = await sql<SumRow>`select service_unit_id, count(*)::int as respondents, ${sql.join(columns)}
		from service.skm_responses where service_unit_id = any(${unitIds}::uuid[]) and answered_on between ${from} and ${to}
		group by service_unit_id`.execute(db);
	return new Map(rows.map((row) => [row.service_unit_id, row]));
}

async function bandsOn(db: Db, day: string): Promise<Band[]> {
	const { rows } = await sql<{
		grade: string;
		label_id: string;
		index_min: number;
	}>`select grade, label_id, index_min from service.skm_bands
		where valid_from <= ${day} and (valid_to is null or valid_to >= ${day})`.execute(db);
	return rows.map((row) => ({ grade: row.grade, label: row.label_id, indexMin: row.index_min }));
}

async function elementsOn(db: Db, day: string) {
	const { rows } = await sql<{ code: string; name_id: string; name_en: string }>`select code, name_id, name_en from service.skm_elements
		where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by position`.execute(db);
	return rows;
}

/** The questionnaire of a day: nine elements in the order of the common form. */
export const questionsOn = elementsOn;

function result(
	row: SumRow | undefined,
	names: { code: string; name_id: string; name_en: string }[],
	bands: Band[],
	seesSmall: boolean
): IndexResult {
	const respondents = row?.respondents ?? 0;
	if (respondents > 0 && respondents < SMALLEST_SHOWN && !seesSmall) return { state: 'hidden' };
	const elements = names.map((name) => {
		const sum = Number(row?.[`${name.code}_sum`] ?? 0);
		const count = Number(row?.[`${name.code}_count`] ?? 0);
		return { ...name, sum, count, mean: count > 0 ? sum / count : undefined };
	});
	const index = serviceIndex(elements);
	if (index === undefined)
		return { state: 'unknown', respondents, missing: elements.filter(({ count }) => count === 0).map(({ code }) => code) };
	return { state: 'shown', respondents, index, band: bandOf(index, bands), elements };
}

/** The exact index of one unit over days `from`–`to`. */
export async function indexOf(db: Db, actor: Actor, serviceUnitId: string, from: string, to: string): Promise<IndexResult> {
	const unit = await serviceUnit(db, actor, serviceUnitId);
	const [rows, names, bands] = [await sums(db, [unit.id], from, to), await elementsOn(db, to), await bandsOn(db, to)];
	return result(rows.get(unit.id), names, bands, mayReadSmall(actor, unit.unit_path));
}

/** The index of every unit the actor may read. */
export async function indexes(db: Db, actor: Actor, from: string, to: string): Promise<{ unit: ServiceUnit; result: IndexResult }[]> {
	const units = await serviceUnits(db, actor);
	const rows = await sums(
		db,
		units.map(({ id }) => id),
		from,
		to
	);
	const [names, bands] = [await elementsOn(db, to), await bandsOn(db, to)];
	return units.map((unit) => ({ unit, result: result(rows.get(unit.id), names, bands, mayReadSmall(actor, unit.unit_path)) }));
}

/** All respondents of the readable units together, as one index; the leadership's figure. */
export async function overallIndex(db: Db, actor: Actor, from: string, to: string): Promise<IndexResult & { units: number }> {
	const units = await serviceUnits(db, actor);
	const rows = [
		...(
			await sums(
				db,
				units.map(({ id }) => id),
				from,
				to
			)
		).values()
	];
	const total: SumRow = { service_unit_id: 'all', respondents: rows.reduce((sum, row) => sum + row.respondents, 0) };
	for (const code of ELEMENT_CODES)
		for (const column of [`${code}_sum`, `${code}_count`]) total[column] = rows.reduce((sum, row) => sum + Number(row[column]), 0);
	return { ...result(total, await elementsOn(db, to), await bandsOn(db, to), false), units: rows.length };
}

export interface ResponseRow {
	id: string;
	answered_on: string;
	answers: (number | null)[];
	comment: string | null;
}

/** The rows behind an index, for those who keep the unit; newest first, paged by key. */
export async function responses(
	db: Db,
	actor: Actor,
	serviceUnitId: string,
	from: string,
	to: string,
	before?: string,
	limit = 50
): Promise<ResponseRow[]> {
	const unit = await serviceUnit(db, actor, serviceUnitId);
	if (!mayKeep(actor, unit.unit_path)) throw new NotFound('responses');
	const { rows } = await sql<ResponseRow>`select id, answered_on, array[u1, u2, u3, u4, u5, u6, u7, u8, u9]::int[] as answers, comment
		from service.skm_responses where service_unit_id = ${unit.id} and answered_on between ${from} and ${to}
		${before ? sql`and id < ${before}` : sql``} order by id desc limit ${limit}`.execute(db);
	return rows;
}
