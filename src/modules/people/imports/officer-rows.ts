/** One row of the national "Export Data ASN", judged by itself: pure, without the database. */
import { CONTROL, FORMULA, readDate } from '#platform/imports/cells.ts';
import type { Cells, Fault, ImportColumn } from '#platform/imports/kinds.ts';
import { isScientific, type EmploymentKind, type PostKind } from '../rules.ts';

const column = (name: string, required = false): ImportColumn => ({ name, required });

/** Only what is needed is read at all: no religion, marriage, address, tax or health number, NIK, telephone (UU 27/2022). */
export const OFFICER_COLUMNS: ImportColumn[] = [
	column('pns_id', true),
	column('nip_baru', true),
	column('nama', true),
	column('gelar_depan'),
	column('gelar_belakang'),
	column('tanggal_lahir'),
	column('jenis_kelamin'),
	column('email'),
	column('email_gov'),
	column('jenis_pegawai_nama'),
	column('kedudukan_hukum_id', true),
	column('kedudukan_hukum_nama'),
	column('status_cpns_pns'),
	column('tmt_cpns'),
	column('tmt_pns'),
	column('gol_akhir_id'),
	column('gol_akhir_nama', true),
	column('tmt_golongan'),
	column('jenis_jabatan_id', true),
	column('jabatan_id'),
	column('jabatan_nama', true),
	column('tmt_jabatan'),
	column('tingkat_pendidikan_id'),
	column('tingkat_pendidikan_nama'),
	column('pendidikan_nama'),
	column('unor_id', true),
	column('unor_nama')
];

/** A row that stands, cleaned. Dates are `yyyy-mm-dd`. */
export interface OfficerRecord {
	siasn_id: string;
	number: string;
	number_kind: 'NIP' | 'NI_PPPK';
	full_name: string;
	front_title: string | null;
	back_title: string | null;
	birth_date: string | null;
	sex: 'M' | 'F' | null;
	email: string | null;
	private_email: string | null;
	employment_kind: EmploymentKind;
	employment_name: string | null;
	legal_status_id: string | null;
	legal_status_name: string | null;
	active: boolean;
	joined_on: string | null;
	confirmed_on: string | null;
	rank_id: string | null;
	rank_code: string | null;
	rank_since: string | null;
	education_level_id: string | null;
	education_level_name: string | null;
	education_name: string | null;
	post_kind: PostKind | null;
	post_ref: string | null;
	post_name: string | null;
	since: string | null;
	unit_siasn_id: string | null;
	unit_name: string | null;
}

export interface RankTable {
	PNS: Set<string>;
	PPPK: Set<string>;
}

export interface OfficerReading {
	today: string;
	ranks: RankTable;
	educationLevels: Set<string>;
}

const PPPK_STATUS = new Set(['71', '72', '73']);
const PART_TIME_STATUS = '101';
/** Retired, reached the age, dismissed, not active; the reference list has no code for death, so the name decides. */
const INACTIVE_STATUS = new Set(['52', '66', '98', '99']);
const INACTIVE_NAME = /pensiun|mencapai bup|diberhentikan|tidak aktif|meninggal/i;
const POST_KINDS: Record<string, PostKind> = { '1': 'structural', '2': 'functional', '3': 'dual', '4': 'general' };
export const POST_KIND_IDS: Record<PostKind, string> = { structural: '1', functional: '2', dual: '3', general: '4' };
export const POST_KIND_NAMES: Record<PostKind, string> = {
	structural: 'Jabatan Struktural',
	functional: 'Jabatan Fungsional Tertentu',
	dual: 'Jabatan Rangkap',
	general: 'Jabatan Fungsional Umum'
};

const NAME_LIMIT = 200;
const TEXT_LIMIT = 500;
const TEXT_COLUMNS = [
	'gelar_depan',
	'gelar_belakang',
	'jenis_pegawai_nama',
	'kedudukan_hukum_nama',
	'jabatan_nama',
	'tingkat_pendidikan_nama',
	'pendidikan_nama',
	'unor_nama'
];

/** Faults of the row and, when none refuses it, its record. */
export function readOfficer(cells: Cells, reading: OfficerReading): { faults: Fault[]; record: OfficerRecord | null } {
	const faults: Fault[] = [];
	const refuse = (code: string, at: string, params?: Fault['params']) =>
		void faults.push({ code, column: at, outcome: 'refused', ...(params ? { params } : {}) });
	const warn = (code: string, at: string, params?: Fault['params']) =>
		void faults.push({ code, column: at, outcome: 'warned', ...(params ? { params } : {}) });
	const cell = (name: string): string | null => cells[name] ?? null;
	const text = (name: string): string | null => cell(name)?.replace(/\s+/g, ' ') ?? null;

	for (const name of Object.keys(cells)) {
		if (cell(name) !== null && CONTROL.test(cell(name)!)) refuse('control_character', name);
	}
	const siasnId = cell('pns_id');
	if (siasnId === null) refuse('pns_id_missing', 'pns_id');
	else if (siasnId.length > 100) refuse('too_long', 'pns_id', { limit: 100 });
	const number = readNumber(cell('nip_baru'), refuse);
	const name = text('nama');
	if (name === null) refuse('name_missing', 'nama');
	else if (name.length > NAME_LIMIT) refuse('name_too_long', 'nama', { limit: NAME_LIMIT, length: name.length });
	else if (FORMULA.test(name)) refuse('name_formula', 'nama');
	for (const at of TEXT_COLUMNS) {
		if ((text(at)?.length ?? 0) > TEXT_LIMIT) refuse('too_long', at, { limit: TEXT_LIMIT });
		else if (FORMULA.test(text(at) ?? '')) refuse('formula', at);
	}

	const date = (at: string): string | null => readDate(cell(at), (code) => refuse(code, at, { value: cell(at)!.slice(0, 40) }));
	const birth = date('tanggal_lahir');
	const dates = {
		tmt_cpns: date('tmt_cpns'),
		tmt_pns: date('tmt_pns'),
		tmt_golongan: date('tmt_golongan'),
		tmt_jabatan: date('tmt_jabatan')
	};
	if (birth !== null && birth > reading.today) refuse('birth_future', 'tanggal_lahir');
	else if (birth !== null) for (const [at, day] of Object.entries(dates)) if (day !== null && day < birth) refuse('tmt_before_birth', at);

	const status = statusOf(cell('kedudukan_hukum_id'));
	const statusName = text('kedudukan_hukum_nama');
	const active = !(INACTIVE_STATUS.has(status ?? '') || INACTIVE_NAME.test(statusName ?? ''));
	const kind = employmentKind(status, text('jenis_pegawai_nama'), cell('status_cpns_pns'));
	const sex = readSex(cell('jenis_kelamin'));
	if (cell('jenis_kelamin') !== null && sex === null) warn('sex_unknown', 'jenis_kelamin');
	if (number !== null) compareNumber(number, { birth, sex, start: dates.tmt_cpns, kind }, warn);

	const rank = readRank(text('gol_akhir_nama'), kind, reading.ranks, refuse, warn);
	const level = padded(cell('tingkat_pendidikan_id'));
	if (level !== null && !reading.educationLevels.has(level))
		refuse('education_unknown', 'tingkat_pendidikan_id', { value: level.slice(0, 40) });

	const kindId = cell('jenis_jabatan_id');
	const postKind = POST_KINDS[kindId ?? ''] ?? null;
	if (postKind === null && (active || kindId !== null))
		refuse('post_kind_unknown', 'jenis_jabatan_id', { value: (kindId ?? '').slice(0, 40) });
	const postName = text('jabatan_nama');
	if (active && postName === null) refuse('post_missing', 'jabatan_nama');
	const unit = cell('unor_id');
	if (active && unit === null) refuse('unit_missing', 'unor_id');

	const official = readEmail(cell('email_gov'));
	const personal = readEmail(cell('email'));
	if (official === 'malformed' || personal === 'malformed') {
		// one that works is enough; the fault names the address that would have been used
		if (official !== 'malformed' && official !== null) void 0;
		else if (personal !== 'malformed' && personal !== null) warn('email_malformed', 'email_gov');
		else warn('email_malformed', personal === 'malformed' ? 'email' : 'email_gov');
	}
	if (faults.some((fault) => fault.outcome === 'refused')) return { faults, record: null };

	const usable = (email: string | null) => (email === 'malformed' ? null : email);
	return {
		faults,
		record: {
			siasn_id: siasnId!,
			number: number!,
			number_kind: kind === 'PPPK' || kind === 'PPPK_PW' ? 'NI_PPPK' : 'NIP',
			full_name: name!,
			front_title: text('gelar_depan'),
			back_title: text('gelar_belakang'),
			birth_date: birth,
			sex,
			email: usable(official),
			private_email: usable(official) === null ? usable(personal) : null,
			employment_kind: kind,
			employment_name: text('jenis_pegawai_nama'),
			legal_status_id: status,
			legal_status_name: statusName,
			active,
			joined_on: dates.tmt_cpns,
			confirmed_on: dates.tmt_pns,
			rank_id: cell('gol_akhir_id'),
			rank_code: rank,
			rank_since: dates.tmt_golongan,
			education_level_id: level,
			education_level_name: text('tingkat_pendidikan_nama'),
			education_name: text('pendidikan_nama'),
			post_kind: postName === null ? null : postKind,
			post_ref: cell('jabatan_id'),
			post_name: postName,
			since: dates.tmt_jabatan,
			unit_siasn_id: unit,
			unit_name: text('unor_nama')
		}
	};
}

type Note = (code: string, column: string, params?: Fault['params']) => void;

/** Eighteen digits; the usual printed groups 8-6-1-3 are no digits. */
function readNumber(value: string | null, refuse: Note): string | null {
	if (value === null) return (refuse('nip_missing', 'nip_baru'), null);
	const compact = value.replace(/[\s\u00a0]/g, '');
	const shown = { value: compact.slice(0, 40).replace(/\p{Cc}/gu, '') };
	if (isScientific(compact)) return (refuse('nip_scientific', 'nip_baru', shown), null);
	if (!/^\d+$/.test(compact)) return (refuse('nip_digits', 'nip_baru', shown), null);
	if (compact.length !== 18) return (refuse('nip_length', 'nip_baru', { digits: compact.length }), null);
	return compact;
}

/** What the number says of its bearer, against the columns: such numbers exist and are not corrected, so only a notice. */
function compareNumber(
	number: string,
	known: { birth: string | null; sex: 'M' | 'F' | null; start: string | null; kind: EmploymentKind },
	warn: Note
): void {
	if (known.birth !== null && number.slice(0, 8) !== known.birth.replaceAll('-', '')) warn('nip_birth_mismatch', 'tanggal_lahir');
	if (known.sex !== null && number[14] !== (known.sex === 'M' ? '1' : '2')) warn('nip_sex_mismatch', 'jenis_kelamin');
	if (known.start === null) return;
	// a PPPK number holds the year alone; its places 13 and 14 count agreements
	const contract = known.kind === 'PPPK' || known.kind === 'PPPK_PW';
	const start = contract ? known.start.slice(0, 4) : known.start.slice(0, 7).replace('-', '');
	if (number.slice(8, 8 + start.length) !== start) warn('nip_start_mismatch', 'tmt_cpns');
}

function employmentKind(status: string | null, kindName: string | null, cpnsStatus: string | null): EmploymentKind {
	if (status === PART_TIME_STATUS) return 'PPPK_PW';
	if (PPPK_STATUS.has(status ?? '')) return 'PPPK';
	if (/paruh waktu/i.test(kindName ?? '')) return 'PPPK_PW';
	if (/^\s*PPPK\b/i.test(kindName ?? '')) return 'PPPK';
	return cpnsStatus?.toUpperCase() === 'C' ? 'CPNS' : 'PNS';
}

/** "IV" is a rank of PPPK, "IV/a" one of PNS: never one for the other. Part-time PPPK have none. */
function readRank(code: string | null, kind: EmploymentKind, ranks: RankTable, refuse: Note, warn: Note): string | null {
	const contract = kind === 'PPPK' || kind === 'PPPK_PW';
	if (code === null) {
		if (kind !== 'PPPK_PW') warn('rank_missing', 'gol_akhir_nama');
		return null;
	}
	const [letters, room] = code.replace(/\s/g, '').split('/');
	const written = room === undefined ? letters!.toUpperCase() : `${letters!.toUpperCase()}/${room.toLowerCase()}`;
	const own = contract ? ranks.PPPK : ranks.PNS;
	const other = contract ? ranks.PNS : ranks.PPPK;
	if (own.has(written)) return written;
	refuse(other.has(written) ? 'rank_kind_mismatch' : 'rank_unknown', 'gol_akhir_nama', {
		value: code.slice(0, 40),
		kind: kind.replace('_', ' ')
	});
	return null;
}

const readSex = (value: string | null): 'M' | 'F' | null => {
	const first = value?.toUpperCase() ?? '';
	if (/^(M|L|LAKI.*|PRIA)$/.test(first)) return 'M';
	return /^(F|P|PEREMPUAN|WANITA)$/.test(first) ? 'F' : null;
};

function readEmail(value: string | null): string | null {
	if (value === null) return null;
	const address = value.toLowerCase();
	return address.length <= 200 &&
		/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(address) &&
		!address.includes('..')
		? address
		: 'malformed';
}

/** A workbook that was saved again holds the code 01 as the number 1. */
const padded = (value: string | null): string | null => (value !== null && /^\d$/.test(value) ? `0${value}` : value);
const statusOf = padded;
