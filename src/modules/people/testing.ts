/**
 * A small made-up province for stories in tests: a government, its tree, thirty officers with posts, and the people
 * who act. Written by SQL, since tests of other modules begin where the import has ended.
 */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { rungOf, searchable, type PostKind, type Role } from './rules.ts';
import { actorOfUser } from './server/actors.ts';

export interface SmallProvince {
	governmentId: string;
	/** Ids by name: 'Dinas Kesehatan', 'RSUD Contoh Siginjai', … */
	units: Record<UnitName, string>;
	/** Everybody, ids by full name in capitals; the eight of the registration desk are the classic class. */
	officers: Record<string, string>;
	/** The twelve officers of 'Loket Pendaftaran' and 'Instalasi Rawat Jalan' below the superior, Ratna first. */
	team: string[];
	organisationId: string;
	administrator: Actor;
	/** Programme manager of BPSDM. */
	manager: Actor;
	trainer: Actor;
	/** Training officer of Dinas Kesehatan and all below. */
	trainingOfficer: Actor;
	/** Director of the hospital, superior of all in it. */
	superior: Actor;
	/** Ns. Ratna Dewi, nurse at the registration desk. */
	learner: Actor;
	/** Officer of another OPD (Dukcapil), no role. */
	otherOfficer: Actor;
	leader: Actor;
	/** Somebody of the university. */
	partner: Actor;
}

const TREE = {
	'Pemerintah Provinsi Contoh': [null, null],
	'Sekretariat Daerah': ['Pemerintah Provinsi Contoh', '12'],
	'Badan Pengembangan Sumber Daya Manusia': ['Pemerintah Provinsi Contoh', '21'],
	'Dinas Kesehatan': ['Pemerintah Provinsi Contoh', '21'],
	'RSUD Contoh Siginjai': ['Dinas Kesehatan', '22'],
	'Loket Pendaftaran': ['RSUD Contoh Siginjai', '41'],
	'Instalasi Rawat Jalan': ['RSUD Contoh Siginjai', '41'],
	'Dinas Kependudukan dan Pencatatan Sipil': ['Pemerintah Provinsi Contoh', '21'],
	'Bidang Administrasi Kependudukan': ['Dinas Kependudukan dan Pencatatan Sipil', '31']
} as const;
export type UnitName = keyof typeof TREE;

const PEOPLE: [name: string, unit: UnitName, kind: PostKind, post: string][] = [
	['RATNA DEWI', 'Loket Pendaftaran', 'functional', 'Perawat Ahli Muda'],
	['ANISA PUTRI', 'Loket Pendaftaran', 'functional', 'Perawat Ahli Pertama'],
	['BUDI SANTOSO', 'Loket Pendaftaran', 'functional', 'Perawat Ahli Pertama'],
	['CITRA LESTARI', 'Loket Pendaftaran', 'functional', 'Perawat Terampil'],
	['DEDI KURNIAWAN', 'Loket Pendaftaran', 'functional', 'Perawat Terampil'],
	['EKA WAHYUNI', 'Loket Pendaftaran', 'general', 'Pengelola Layanan Operasional'],
	['FAJAR HIDAYAT', 'Loket Pendaftaran', 'general', 'Pengelola Layanan Operasional'],
	['GITA MAHARANI', 'Loket Pendaftaran', 'functional', 'Perawat Ahli Pertama'],
	['HASAN BASRI', 'Instalasi Rawat Jalan', 'functional', 'Perawat Ahli Pertama'],
	['INTAN PERMATA', 'Instalasi Rawat Jalan', 'functional', 'Perawat Ahli Muda'],
	['JOKO SUSILO', 'Instalasi Rawat Jalan', 'functional', 'Perawat Terampil'],
	['KARTIKA SARI', 'Instalasi Rawat Jalan', 'functional', 'Perawat Mahir'],
	['MARLINA ZAHRA', 'RSUD Contoh Siginjai', 'structural', 'Direktur RSUD Contoh Siginjai'],
	['LUKMAN HAKIM', 'Dinas Kesehatan', 'structural', 'Kepala Dinas Kesehatan'],
	['MAYA ANGGRAINI', 'Dinas Kesehatan', 'functional', 'Analis Sumber Daya Manusia Aparatur Ahli Muda'],
	['NANDA PRATAMA', 'Dinas Kesehatan', 'general', 'Pengolah Data dan Informasi'],
	['HELMI SYARIF', 'Badan Pengembangan Sumber Daya Manusia', 'functional', 'Analis Sumber Daya Manusia Aparatur Ahli Muda'],
	['NYIMAS LAILA', 'Badan Pengembangan Sumber Daya Manusia', 'functional', 'Widyaiswara Ahli Muda'],
	['OKTA RAHMAN', 'Badan Pengembangan Sumber Daya Manusia', 'general', 'Pengadministrasi Perkantoran'],
	['RADEN USMAN', 'Sekretariat Daerah', 'structural', 'Sekretaris Daerah'],
	['PUSPITA NINGRUM', 'Sekretariat Daerah', 'general', 'Penata Layanan Operasional'],
	['RIZAL FAUZI', 'Bidang Administrasi Kependudukan', 'functional', 'Analis Kebijakan Ahli Pertama'],
	['SITI AMINAH', 'Bidang Administrasi Kependudukan', 'general', 'Pengadministrasi Perkantoran'],
	['TAUFIK RAHMAT', 'Bidang Administrasi Kependudukan', 'functional', 'Pranata Komputer Ahli Pertama'],
	['UMI KALSUM', 'Bidang Administrasi Kependudukan', 'general', 'Penata Layanan Operasional'],
	['VERA OKTAVIA', 'Bidang Administrasi Kependudukan', 'general', 'Penata Layanan Operasional'],
	['WAWAN SETIAWAN', 'Bidang Administrasi Kependudukan', 'general', 'Pengadministrasi Perkantoran'],
	['YULIANA SAFITRI', 'Bidang Administrasi Kependudukan', 'structural', 'Kepala Bidang Administrasi Kependudukan'],
	['ZAINAL ABIDIN', 'Dinas Kependudukan dan Pencatatan Sipil', 'structural', 'Kepala Dinas Kependudukan dan Pencatatan Sipil'],
	['ARIF BUDIMAN', 'Dinas Kependudukan dan Pencatatan Sipil', 'functional', 'Perencana Ahli Muda']
];

const BEGIN = '2026-01-01';

export async function smallProvince(db: Db): Promise<SmallProvince> {
	const at = new Date(`${BEGIN}T01:00:00Z`);
	const governmentId = newId();
	await sql`insert into people.governments (id, bkn_code, siasn_id, name, kind) values (${governmentId}, ${'9900'}, ${newId()}, 'Pemerintah Provinsi Contoh', 'provinsi')`.execute(
		db
	);
	const { units, paths } = await plant(db, governmentId);
	const officers: Record<string, string> = {};
	for (const [index, [name, unit, kind, post]] of PEOPLE.entries()) {
		officers[name] = await engage(db, at, { governmentId, name, unitId: units[unit], kind, post, echelon: TREE[unit][1], index });
	}
	const organisationId = newId();
	await sql`insert into people.organisations (id, kind, name, city, contact_email, created_at)
		values (${organisationId}, 'university', 'Universitas Contoh Batanghari', 'Kota Jambi', 'kerja.sama@univ-contoh.example', ${at})`.execute(
		db
	);

	const officerActor = (name: string, ...grants: Granting[]) => accountOf(db, at, { name, officerId: officers[name]!, grants });
	const anywhere = (role: Role): Granting => ({ role });
	return {
		governmentId,
		units,
		officers,
		team: PEOPLE.filter(([, unit]) => paths[unit].startsWith(`${paths['RSUD Contoh Siginjai']}.`)).map(([name]) => officers[name]!),
		organisationId,
		administrator: await accountOf(db, at, { name: 'Administrator Contoh', officerId: null, grants: [anywhere('administrator')] }),
		manager: await officerActor('HELMI SYARIF', anywhere('programme_manager')),
		trainer: await officerActor('NYIMAS LAILA', anywhere('trainer')),
		trainingOfficer: await officerActor('MAYA ANGGRAINI', { role: 'training_officer', unitId: units['Dinas Kesehatan'] }),
		superior: await officerActor('MARLINA ZAHRA', { role: 'superior', unitId: units['RSUD Contoh Siginjai'] }),
		learner: await officerActor('RATNA DEWI'),
		otherOfficer: await officerActor('RIZAL FAUZI'),
		leader: await officerActor('RADEN USMAN', anywhere('leadership')),
		partner: await accountOf(db, at, { name: 'Dr. Salma Contoh', officerId: null, grants: [{ role: 'partner', organisationId }] })
	};
}

async function plant(db: Db, governmentId: string) {
	const units = {} as Record<UnitName, string>;
	const paths = {} as Record<UnitName, string>;
	const opds = {} as Record<UnitName, string | null>;
	for (const name of Object.keys(TREE) as UnitName[]) {
		const [parent, echelon] = TREE[name];
		const id = newId();
		const { rows } = await sql<{
			label: number;
		}>`insert into people.units (id, siasn_id, government_id) values (${id}, ${newId()}, ${governmentId}) returning label`.execute(db);
		units[name] = id;
		paths[name] = parent ? `${paths[parent]}.${rows[0]!.label}` : String(rows[0]!.label);
		opds[name] = parent === null ? null : parent === 'Pemerintah Provinsi Contoh' ? id : opds[parent];
		await sql`insert into people.unit_versions (id, unit_id, parent_id, path, name, echelon_id, opd_id, valid_from)
			values (${newId()}, ${id}, ${parent ? units[parent] : null}, ${paths[name]}::ltree, ${name}, ${echelon}, ${opds[name]}, ${BEGIN})`.execute(
			db
		);
	}
	return { units, paths };
}

async function engage(
	db: Db,
	at: Date,
	person: { governmentId: string; name: string; unitId: string; kind: PostKind; post: string; echelon: string | null; index: number }
): Promise<string> {
	const id = newId();
	const serial = String(901 + person.index);
	await sql`insert into people.officers (id, siasn_id, government_id, full_name, search_name, email, employment_kind, active, joined_on, created_at, updated_at)
		values (${id}, ${newId()}, ${person.governmentId}, ${person.name}, ${searchable(person.name)}, ${`${person.name.toLowerCase().replace(' ', '.')}@contoh.example`},
			'PNS', true, '2015-03-01', ${at}, ${at})`.execute(db);
	await sql`insert into people.officer_numbers (id, officer_id, number, kind, valid_from) values (${newId()}, ${id}, ${`19900101201503${person.index % 2 ? 1 : 2}${serial}`}, 'NIP', '2015-03-01')`.execute(
		db
	);
	await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_ref, post_name, rung, since, valid_from)
		values (${newId()}, ${id}, ${person.unitId}, ${person.kind}, ${searchable(person.post)}, ${person.post}, ${rungOf(person.kind, person.post, person.echelon)}, '2020-01-01', '2020-01-01')`.execute(
		db
	);
	return id;
}

interface Granting {
	role: Role;
	unitId?: string;
	organisationId?: string;
}

async function accountOf(db: Db, at: Date, account: { name: string; officerId: string | null; grants: Granting[] }): Promise<Actor> {
	const id = newId();
	// the sign-in user itself is not needed where nobody signs in
	await sql`insert into people.accounts (id, auth_user_id, officer_id, organisation_id, name, email, created_at)
		values (${id}, ${id}, ${account.officerId}, ${account.grants[0]?.organisationId ?? null}, ${account.name}, ${`${account.name.toLowerCase().replace(/[^a-z]+/g, '.')}@akun.example`}, ${at})`.execute(
		db
	);
	for (const grant of account.grants)
		await sql`insert into people.role_grants (id, account_id, role, unit_id, organisation_id, granted_at, valid_from)
			values (${newId()}, ${id}, ${grant.role}, ${grant.unitId ?? null}, ${grant.organisationId ?? null}, ${at}, ${BEGIN})`.execute(db);
	return (await actorOfUser(db, at, id))!;
}

/** Cards of the directory that are not what the tables say, and kept numbers that are not what the cards say. */
export async function staleCards(db: Db): Promise<number> {
	const kinds = sql`unit_id, active, employment_kind, post_kind`;
	const { rows } = await sql<{ stale: number }>`
		with kept as (select ${kinds}, sum(officers) from people.officer_counts group by ${kinds} having sum(officers) <> 0),
			counted as (select ${kinds}, count(*) from people.cards group by ${kinds}),
			named as (
				select id, full_name, search_name, active, employment_kind, post_kind, post_name, rank_code, joined_on, unit_id, unit_path from people.cards),
			held as (select post_ref, post_name, rung, count(*)::int as officers from people.cards where active group by post_ref, post_name, rung)
		select (select count(*) from (
			(table people.cards except table people.computed_cards) union all (table people.computed_cards except table people.cards)) cards)::int
			+ (select count(*) from ((table kept except table counted) union all (table counted except table kept)) counts)::int
			+ (select count(*) from ((table named except table people.names) union all (table people.names except table named)) names)::int
			+ (select count(*) from ((table people.posts_held except table held) union all (table held except table people.posts_held)) posts)::int as stale`.execute(
		db
	);
	return rows[0]!.stale;
}
