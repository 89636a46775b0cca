/** Invented officers: rows of the "Export Data ASN". Numbers end in 901–999, addresses in `.example`: nobody real bears them. */
import { LAST, MEN, WOMEN } from './names.ts';
import { postRef, siasnIdOf } from './posts.ts';
import type { Random } from './random.ts';
import { GOVERNMENT_ID } from './tree.ts';

export interface DemoOfficer {
	siasnId: string;
	name: string;
	nip: string;
	unit: string;
	unitPath: string[];
	post: string;
	head: boolean;
}

/** People of the five stories; each takes the first place of the post in the unit. */
export const NAMED: { unit: string; post: RegExp; name: string; sex: 'M' | 'F' }[] = [
	{ unit: 'Loket Pendaftaran', post: /Perawat Ahli Muda/, name: 'RATNA DEWI', sex: 'F' },
	{ unit: 'UPTD KPHP Batang Asai', post: /Penyuluh Kehutanan Ahli Pertama/, name: 'BUJANG RIMBO', sex: 'M' },
	{ unit: 'Bidang Pengembangan Kompetensi Teknis', post: /Analis .* Ahli Muda/, name: 'HELMI SYARIF', sex: 'M' },
	{ unit: 'Bidang Pengembangan Kompetensi Teknis', post: /Widyaiswara/, name: 'NYIMAS LAILA', sex: 'F' },
	{ unit: 'RSUD Contoh Siginjai', post: /Direktur/, name: 'MARLINA ZAHRA', sex: 'F' },
	{ unit: 'Sekretariat Daerah', post: /Sekretaris Daerah/, name: 'RADEN USMAN', sex: 'M' }
];

export const OFFICER_COLUMNS = [
	'pns_id',
	'nip_baru',
	'nama',
	'gelar_depan',
	'gelar_belakang',
	'tanggal_lahir',
	'jenis_kelamin',
	'email',
	'email_gov',
	'jenis_pegawai_id',
	'jenis_pegawai_nama',
	'kedudukan_hukum_id',
	'kedudukan_hukum_nama',
	'status_cpns_pns',
	'tmt_cpns',
	'tmt_pns',
	'gol_akhir_id',
	'gol_akhir_nama',
	'tmt_golongan',
	'jenis_jabatan_id',
	'jenis_jabatan_nama',
	'jabatan_id',
	'jabatan_nama',
	'tmt_jabatan',
	'tingkat_pendidikan_id',
	'tingkat_pendidikan_nama',
	'pendidikan_nama',
	'unor_id',
	'unor_nama',
	'instansi_kerja_id',
	'instansi_kerja_nama'
];

export function uniqueName(random: Random, sex: 'M' | 'F', used: Set<string>): string {
	for (;;) {
		const name = `${random.pick(sex === 'F' ? WOMEN : MEN)} ${random.pick(LAST)}`.toUpperCase();
		if (used.has(name)) continue;
		used.add(name);
		return name;
	}
}

export type Level = 'head' | 'staff';

interface Post {
	name: string;
	sex: 'M' | 'F';
	unit: string;
	unitId: string;
	kind: string;
	kindName: string;
	post: string;
	level: Level;
	serial: number;
}

export function makeOfficer(random: Random, post: Post): { siasnId: string; nip: string; row: string[] } {
	const pppk = post.level === 'staff' && random.next() < 0.25;
	const birthYear = post.level === 'head' ? random.between(1968, 1978) : random.between(1970, 1998);
	const [month, dayOfMonth] = [random.between(1, 12), random.between(1, 28)];
	const startYear = pppk ? random.between(2021, 2024) : Math.min(2023, birthYear + random.between(23, 30));
	const startMonth = random.between(1, 12);
	const two = (n: number) => String(n).padStart(2, '0');
	const birth = `${birthYear}${two(month)}${two(dayOfMonth)}`;
	const middle = pppk ? `${startYear}21` : `${startYear}${two(startMonth)}`;
	const nip = `${birth}${middle}${post.sex === 'M' ? 1 : 2}${901 + (post.serial % 99)}`;
	const skilled = /Terampil|Operator|Pengadministrasi/.test(post.post);
	const rank = pppk ? ['', skilled ? 'VII' : 'IX'] : post.level === 'head' ? ['43', 'IV/c'] : skilled ? ['24', 'II/d'] : ['33', 'III/c'];
	const siasnId = siasnIdOf(`officer:${post.serial}`);
	const start = `01-${two(startMonth)}-${startYear}`;
	const mail = `${post.name.toLowerCase().replace(/[^a-z]+/g, '.')}.${post.serial}@contoh.example`;
	const row = [
		siasnId,
		`'${nip}`,
		post.name,
		'',
		post.level === 'head' ? 'M.Si.' : '',
		`${two(dayOfMonth)}-${two(month)}-${birthYear}`,
		post.sex,
		'null',
		mail,
		pppk ? 'null' : '10',
		pppk ? 'PPPK' : 'PNS Daerah Propinsi yang bekerja pada Propinsi',
		pppk ? '71' : '01',
		pppk ? 'PPPK Aktif' : 'Aktif',
		pppk ? 'null' : 'P',
		start,
		pppk ? 'null' : `01-${two(startMonth)}-${startYear + 1}`,
		rank[0]!,
		rank[1]!,
		'01-04-2022',
		post.kind,
		post.kindName,
		postRef(post.post),
		post.post,
		'01-02-2023',
		skilled ? '30' : '40',
		skilled ? 'Diploma III/Sarjana Muda' : 'S-1/Sarjana',
		skilled ? 'D-III ADMINISTRASI' : 'S-1 ADMINISTRASI PUBLIK',
		post.unitId,
		post.unit,
		GOVERNMENT_ID,
		'Pemerintah Provinsi Jambi'
	];
	return { siasnId, nip, row };
}
