/** Answers of the citizens' survey (SKM) from a sheet: one respondent a row, without a name. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { unitsFor } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import { recordImport } from '#platform/imports/record-import.ts';
import { referencesTo } from '#platform/imports/references.ts';
import { ageBand, ELEMENT_CODES, publicCode, readEducation, readOccupation } from '../rules.ts';

const ELEMENT_COLUMNS = ELEMENT_CODES.map((code) => code.toLowerCase());

/** Those who keep service units (`server/access.ts`) and bring in sheets. */
const units = unitsFor('training_officer');

export const responsesImport = recordImport({
	kind: 'service.responses',
	columns: [
		{ name: 'unor_id', required: true },
		{ name: 'unit_layanan' },
		{ name: 'layanan', required: true },
		{ name: 'tanggal', required: true },
		{ name: 'responden', required: true },
		{ name: 'jenis_kelamin' },
		{ name: 'umur' },
		{ name: 'pendidikan' },
		{ name: 'pekerjaan' },
		// by code, never by place: forms in use swap facilities and complaints
		...ELEMENT_CODES.map((name) => ({ name, required: true }))
	],
	table: 'service.skm_responses',
	keyColumn: 'responden',
	scope: units.scope,
	fields: {
		sex: 'jenis_kelamin',
		age_band: 'umur',
		education: 'pendidikan',
		occupation: 'pekerjaan',
		...Object.fromEntries(ELEMENT_CODES.map((code) => [code.toLowerCase(), code]))
	},
	derived: ['service_unit_id', 'answered_on', 'answered_at'],
	async begin(db, at, actor) {
		const known = await units.bySource(db, actor);
		const counters = await countersByName(db);
		const today = dayOf(at);
		return (reader, row) => {
			const source = reader.text('unor_id', 100);
			const unit = source === null ? undefined : known.get(source);
			const service = reader.text('layanan');
			const respondent = reader.text('responden', 60);
			row.label = [unit?.name ?? source, service, respondent].filter(Boolean).join(', ').slice(0, 120);
			row.subjectId = unit?.id ?? null;
			if (!unit) reader.refuse('unit_unknown', 'unor_id', { name: reader.text('unit_layanan') ?? source ?? '' });
			if (service === null && !reader.refused()) reader.refuse('service_missing', 'layanan');
			if (respondent === null && !reader.refused()) reader.refuse('key_missing', 'responden');
			const day = reader.date('tanggal');
			if (day === null && !reader.refused()) reader.refuse('date_missing_needed', 'tanggal');
			if (day !== null && day > today) reader.refuse('date_future', 'tanggal');
			const answers = Object.fromEntries(ELEMENT_CODES.map((code) => [code.toLowerCase(), readAnswer(reader, code)]));
			const age = reader.whole('umur');
			const sex = reader.text('jenis_kelamin', 20)?.[0]?.toUpperCase() ?? null;
			const education = reader.text('pendidikan', 60);
			const occupation = reader.text('pekerjaan', 60);
			if (reader.refused() || !unit || day === null) return null;
			if (ELEMENT_COLUMNS.every((column) => answers[column] === null)) return (reader.refuse('nothing_answered', null), null);
			const counter = `${unit.id}|${service!.toLowerCase()}`;
			if (!counters.has(counter)) counters.set(counter, newId());
			return {
				source_key: `${unit.id}|${service!.toLowerCase()}|${day}|${respondent}`,
				service_unit_id: counters.get(counter),
				answered_on: day,
				answered_at: `${day}T12:00:00+07:00`,
				sex: sex === 'L' || sex === 'P' ? sex : null,
				age_band: age === null ? null : ageBand(age),
				education: education === null ? null : readEducation(education),
				occupation: occupation === null ? null : readOccupation(occupation),
				...answers,
				// what `openCounters` needs where the service unit is not there yet
				unit_id: unit.id,
				unit_name: unit.name,
				service_name: service
			};
		};
	},
	beforeWrite: openCounters,
	afterUndo: closeCounters
});

function readAnswer(reader: CellReader, code: string): number | null {
	const text = reader.text(code, 20);
	if (text === null) return null;
	if (/^[1-4]([.,]0+)?$/.test(text)) return Number(text[0]);
	reader.refuse('answer_impossible', code, { value: text });
	return null;
}

async function countersByName(db: Db): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; unit_id: string; service_name: string }>`
		select id, unit_id, service_name from service.service_units where closed_at is null order by created_at desc`.execute(db);
	return new Map(rows.map((row) => [`${row.unit_id}|${row.service_name.toLowerCase()}`, row.id]));
}

/** Service units that the file names and that nobody opened yet; they get a code of their own. */
async function openCounters(db: Db, actor: Actor, at: Date, importId: string): Promise<void> {
	const { rows } = await sql<{ id: string; unit_id: string; unit_name: string; service_name: string }>`
		select distinct on (r.data->>'service_unit_id') r.data->>'service_unit_id' as id, r.data->>'unit_id' as unit_id, r.data->>'unit_name' as unit_name, r.data->>'service_name' as service_name
		from platform.import_rows r where r.import_id = ${importId} and r.outcome = 'new'
			and not exists (select 1 from service.service_units s where s.id = (r.data->>'service_unit_id')::uuid)`.execute(db);
	for (const row of rows)
		await sql`insert into service.service_units (id, unit_id, name, service_name, code, created_by, created_at, imported_by)
			values (${row.id}, ${row.unit_id}, ${row.unit_name}, ${row.service_name}, ${publicCode(randomBytes(8))}, ${actor.accountId}, ${at}, ${importId})`.execute(
			db
		);
}

async function closeCounters(db: Db, importId: string): Promise<void> {
	const { rows } = await sql<{ id: string }>`select id from service.service_units where imported_by = ${importId}`.execute(db);
	const ids = rows.map((row) => row.id);
	const used = await referencesTo(db, 'service.service_units', ids);
	await sql`delete from service.service_units where id = any(${ids.filter((id) => !used.has(id))}::uuid[])`.execute(db);
}
