/** Results of assessment centres: one row a person and day, levels of the nine competencies. */
import { sql } from 'kysely';
import { OFFICER_COLUMNS, officersFor } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import { recordImport } from '#platform/imports/record-import.ts';
import { writtenBy } from '#platform/imports/rows.ts';
import { lastDay } from '../rules.ts';
import { validityMonths } from '../server/ratings.ts';

const CODES = ['M.1', 'M.2', 'M.3', 'M.4', 'M.5', 'M.6', 'M.7', 'M.8', 'SK.1'];
const METHODS = ['sederhana', 'sedang', 'kompleks'];
const PURPOSES = ['pemetaan', 'pengisian_jabatan'];

/** Administrators only: `mayRate` keeps results of assessment centres from training officers. */
const people = officersFor();

export const assessmentsImport = recordImport({
	kind: 'competency.assessments',
	columns: [
		...OFFICER_COLUMNS,
		{ name: 'tanggal_asesmen', required: true },
		{ name: 'berlaku_sampai' },
		{ name: 'penyelenggara' },
		{ name: 'metode' },
		{ name: 'tujuan' },
		...CODES.map((name) => ({ name, required: true }))
	],
	table: 'competency.assessments',
	keyColumn: 'pns_id',
	scope: people.scope,
	fields: {
		assessed_on: 'tanggal_asesmen',
		valid_until: 'berlaku_sampai',
		provider: 'penyelenggara',
		method: 'metode',
		purpose: 'tujuan',
		levels: CODES.join(', ')
	},
	derived: ['officer_id'],
	ownReferences: ['competency.ratings.assessment_id'],
	async begin(db, at, actor) {
		const person = await people.named(db, actor);
		const months = (await validityMonths(db, at)).get('assessment_centre')?.months;
		const today = dayOf(at);
		return (reader, row) => {
			const { officer, written } = person(reader);
			row.label = (officer?.name ?? written)?.slice(0, 120) ?? null;
			row.subjectId = officer?.id ?? null;
			const assessedOn = reader.date('tanggal_asesmen');
			const until = reader.date('berlaku_sampai');
			if (assessedOn === null && !reader.refused()) reader.refuse('date_missing_needed', 'tanggal_asesmen');
			if (assessedOn !== null && assessedOn > today) reader.refuse('date_future', 'tanggal_asesmen');
			if (assessedOn !== null && until !== null && until < assessedOn) reader.refuse('ends_before_start', 'berlaku_sampai');
			const method = readChoice(reader, 'metode', METHODS, null);
			const purpose = readChoice(reader, 'tujuan', PURPOSES, 'pemetaan');
			const provider = reader.text('penyelenggara');
			const levels = Object.fromEntries(CODES.flatMap((code) => readLevel(reader, code)));
			if (reader.refused() || !officer || assessedOn === null) return null;
			if (Object.keys(levels).length === 0) return (reader.refuse('levels_missing', null), null);
			return {
				source_key: `${officer.id}|${assessedOn}`,
				officer_id: officer.id,
				assessed_on: assessedOn,
				valid_until: until ?? (months === undefined ? null : lastDay(assessedOn, months)),
				provider,
				method,
				purpose,
				levels
			};
		};
	},
	release: (db, importId) => forgetRatings(db, importId),
	async derive(db, importId) {
		await forgetRatings(db, importId);
		await sql`insert into competency.ratings (id, officer_id, competency_id, level, source, rated_at, valid_until, note, assessment_id)
			select gen_random_uuid(), a.officer_id, k.id, l.value::int, 'assessment_centre', a.assessed_on::timestamp at time zone 'Asia/Jakarta', a.valid_until, a.provider, a.id
			from competency.assessments a, jsonb_each_text(a.levels) l join competency.competencies k on k.code = l.key
			where a.id in (${writtenBy(importId)})`.execute(db);
	}
});

/** Ratings that follow from rows of this import: they are written anew from what stands after it. */
const forgetRatings = async (db: Db, importId: string): Promise<void> =>
	void (await sql`delete from competency.ratings where assessment_id in (${writtenBy(importId)})`.execute(db));

/** A level that is missing or impossible leaves that competency unrated; the others count. */
function readLevel(reader: CellReader, code: string): [string, number][] {
	const text = reader.text(code, 20);
	if (text === null) return (reader.warn('level_missing', code), []);
	const level = /^\d+([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
	if (level >= 1 && level <= 5) return [[code, level]];
	return (reader.warn('level_impossible', code, { value: text }), []);
}

function readChoice<T extends string | null>(reader: CellReader, column: string, known: string[], missing: T): string | T {
	const text = reader.text(column, 60);
	if (text === null) return missing;
	const word = text.toLowerCase().replace(/[^a-z]+/g, '_');
	if (!known.includes(word)) reader.refuse('choice_unknown', column, { value: text, known: known.join(', ') });
	return word;
}
