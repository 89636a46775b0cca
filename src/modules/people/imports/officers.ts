/** Bringing in officers: rehearsal against what is known. Writing and undoing are in `officers-apply.ts`. */
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import type { Change, ImportKind, Rehearsal, RehearsedRow } from '#platform/imports/kinds.ts';
import { rungOf, searchable, type EmploymentKind } from '../rules.ts';
import { applyOfficers, undoOfficers } from './officers-apply.ts';
import {
	OFFICER_COLUMNS,
	POST_KIND_IDS,
	POST_KIND_NAMES,
	readOfficer,
	type OfficerReading,
	type OfficerRecord,
	type RankTable
} from './officer-rows.ts';

export const officersImport: ImportKind = {
	kind: 'people.officers',
	columns: OFFICER_COLUMNS,
	about: ({ post_name, unit_name }) => [post_name, unit_name].filter(Boolean).join(' · ') || null,
	begin,
	apply: applyOfficers,
	undo: undoOfficers
};

interface KnownUnit {
	id: string;
	siasn_id: string;
	name: string;
	echelon_id: string | null;
	government_id: string;
}

/** What is known of an officer, in the names of the record. */
type Known = OfficerRecord & { id: string };

async function begin(db: Db, at: Date): Promise<Rehearsal> {
	const reading: OfficerReading = { today: dayOf(at), ranks: ranks(), educationLevels: educationLevels() };
	const units = await knownUnits(db);
	const seenIds = new Set<string>();
	const seenNumbers = new Map<string, number>();
	return {
		read(cells, row) {
			const { faults, record } = readOfficer(cells, reading);
			row.key = cells.pns_id?.slice(0, 100) ?? null;
			row.label = cells.nama?.slice(0, 120) ?? null;
			row.faults.push(...faults);
			if (!record || row.faults.some((fault) => fault.outcome === 'refused')) return;
			const unit = record.unit_siasn_id === null ? undefined : units.get(record.unit_siasn_id);
			if (record.unit_siasn_id !== null && !unit)
				row.faults.push({
					code: 'unit_unknown',
					column: 'unor_id',
					outcome: 'refused',
					params: { name: record.unit_name ?? record.unit_siasn_id }
				});
			if (seenIds.has(record.siasn_id)) row.faults.push({ code: 'pns_id_duplicate', column: 'pns_id', outcome: 'refused' });
			else if (seenNumbers.has(record.number))
				row.faults.push({
					code: 'nip_duplicate',
					column: 'nip_baru',
					outcome: 'refused',
					params: { row: seenNumbers.get(record.number)! }
				});
			if (row.faults.some((fault) => fault.outcome === 'refused')) return;
			seenIds.add(record.siasn_id);
			seenNumbers.set(record.number, row.row);
			// a leader's post is named by the unit led, which may not be the unit of the row
			const led = record.post_ref === null ? undefined : units.get(record.post_ref);
			row.data = {
				...record,
				unit_id: unit?.id ?? null,
				government_id: unit?.government_id ?? null,
				search_name: searchable(record.full_name),
				rung: record.post_kind && record.post_name ? rungOf(record.post_kind, record.post_name, (led ?? unit)?.echelon_id ?? null) : null
			};
		},
		compare: (own, rows) => compare(own, rows),
		finish
	};
}

/** Field by field against the columns that matter, in the words of the export. */
async function compare(db: Db, rows: RehearsedRow[]): Promise<void> {
	const known = await knownOfficers(
		db,
		rows.map((row) => row.key!)
	);
	for (const row of rows) {
		const record = row.data as unknown as OfficerRecord;
		const before = known.get(record.siasn_id);
		if (!before) {
			row.outcome = 'new';
			row.targetId = newId();
			continue;
		}
		row.targetId = before.id;
		row.changes = changesOf(before, record);
		row.outcome = row.changes.length > 0 ? 'changed' : 'unchanged';
		if (row.outcome === 'unchanged') row.data = { siasn_id: record.siasn_id };
	}
}

export function changesOf(before: OfficerRecord, after: OfficerRecord): Change[] {
	const was = columnsOf(before);
	const is = columnsOf(after);
	// the unit's own name may have changed in the tree: only another unit is a change of the officer
	if (was.unor_id === is.unor_id) was.unor_nama = is.unor_nama ?? null;
	return Object.keys(is)
		.filter((name) => was[name] !== is[name])
		.map((name) => ({ column: name, before: was[name] ?? null, after: is[name] ?? null }));
}

const CPNS_STATUS: Record<EmploymentKind, string | null> = { PNS: 'P', CPNS: 'C', PPPK: null, PPPK_PW: null };
const shown = (day: string | null): string | null => (day === null ? null : day.split('-').reverse().join('-'));

/** A record in the export's own columns; dates `dd-mm-yyyy`. */
function columnsOf(record: OfficerRecord): Record<string, string | null> {
	return {
		nip_baru: record.number,
		nama: record.full_name,
		gelar_depan: record.front_title,
		gelar_belakang: record.back_title,
		tanggal_lahir: shown(record.birth_date),
		jenis_kelamin: record.sex,
		email_gov: record.email,
		// the private address matters only where it is the one in use
		email: record.email === null ? record.private_email : null,
		jenis_pegawai_nama: record.employment_name,
		kedudukan_hukum_id: record.legal_status_id,
		kedudukan_hukum_nama: record.legal_status_name,
		status_cpns_pns: CPNS_STATUS[record.employment_kind],
		tmt_cpns: shown(record.joined_on),
		tmt_pns: shown(record.confirmed_on),
		gol_akhir_id: record.rank_id,
		gol_akhir_nama: record.rank_code,
		tmt_golongan: shown(record.rank_since),
		jenis_jabatan_id: record.post_kind && POST_KIND_IDS[record.post_kind],
		jenis_jabatan_nama: record.post_kind && POST_KIND_NAMES[record.post_kind],
		jabatan_id: record.post_name === null ? null : record.post_ref,
		jabatan_nama: record.post_name,
		tmt_jabatan: record.post_name === null ? null : shown(record.since),
		tingkat_pendidikan_id: record.education_level_id,
		tingkat_pendidikan_nama: record.education_level_name,
		pendidikan_nama: record.education_name,
		unor_id: record.post_name === null ? null : record.unit_siasn_id,
		unor_nama: record.post_name === null ? null : record.unit_name
	};
}

async function knownOfficers(db: Db, siasnIds: string[]): Promise<Map<string, Known>> {
	const { rows } = await sql<Known>`
		select o.id, o.siasn_id, n.number, n.kind as number_kind, o.full_name, o.front_title, o.back_title, o.birth_date, o.sex, o.email, o.private_email,
			o.employment_kind, o.employment_name, o.legal_status_id, o.legal_status_name, o.active, o.joined_on, o.confirmed_on,
			o.rank_id, o.rank_code, o.rank_since, o.education_level_id, o.education_level_name, o.education_name,
			p.post_kind, p.post_ref, p.post_name, p.since, u.siasn_id as unit_siasn_id, v.name as unit_name
		from people.officers o
		left join people.officer_numbers n on n.officer_id = o.id and n.valid_to is null
		left join people.post_assignments p on p.officer_id = o.id and p.valid_to is null
		left join people.units u on u.id = p.unit_id
		left join people.unit_versions v on v.unit_id = u.id and v.valid_to is null
		where o.siasn_id = any(${siasnIds})`.execute(db);
	return new Map(rows.map((row) => [row.siasn_id, row]));
}

async function knownUnits(db: Db): Promise<Map<string, KnownUnit>> {
	const { rows } =
		await sql<KnownUnit>`select id, siasn_id, name, echelon_id, government_id from people.current_units where siasn_id is not null`.execute(
			db
		);
	return new Map(rows.map((unit) => [unit.siasn_id, unit]));
}

/** A number that somebody else holds and keeps; then those who are known, active, and not in the file at all. */
async function finish(db: Db, importId: string, nextRow: number): Promise<void> {
	await sql`
		update platform.import_rows r set outcome = 'refused', changes = '[]', data = null, target_id = null,
			faults = jsonb_build_array(jsonb_build_object('code', 'nip_taken', 'column', 'nip_baru', 'outcome', 'refused', 'params', jsonb_build_object('name', o.full_name)))
		from people.officer_numbers n join people.officers o on o.id = n.officer_id
		where r.import_id = ${importId} and r.outcome in ('new', 'changed') and n.number = r.data->>'number' and n.valid_to is null
			and n.officer_id is distinct from r.target_id
			and not exists (select 1 from platform.import_rows other where other.import_id = r.import_id and other.target_id = n.officer_id
				and other.outcome = 'changed' and other.data->>'number' <> n.number)`.execute(db);
	await sql`
		insert into platform.import_rows (import_id, row, line, outcome, key, label, target_id)
		select ${importId}, ${nextRow} + row_number() over (order by o.full_name, o.id) - 1, 0, 'absent', o.siasn_id, o.full_name, o.id
		from people.officers o
		where o.active
			and o.government_id in (select distinct k.government_id from platform.import_rows r join people.officers k on k.id = r.target_id where r.import_id = ${importId}
				union select distinct (r.data->>'government_id')::uuid from platform.import_rows r where r.import_id = ${importId} and r.data->>'government_id' is not null)
			and not exists (select 1 from platform.import_rows r where r.import_id = ${importId} and r.key = o.siasn_id)`.execute(db);
}

const reference = <T>(name: string): T[] => (JSON.parse(readFileSync(`reference/${name}.json`, 'utf8')) as { rows: T[] }).rows;

function ranks(): RankTable {
	const rows = reference<{ employment_type: 'PNS' | 'PPPK'; code: string }>('ranks');
	const of = (type: string) => new Set(rows.filter((rank) => rank.employment_type === type).map((rank) => rank.code));
	return { PNS: of('PNS'), PPPK: of('PPPK') };
}

const educationLevels = (): Set<string> => new Set(reference<{ siasn_id: string }>('education-levels').map((level) => level.siasn_id));
