/**
 * The invented province as the two files that a real one brings: the unit tree (`ref-unor`) and the "Export Data ASN",
 * so that the demo comes in through the same import as everybody's data. Numbers end in 901–999, addresses in
 * `.example`: nobody real bears them.
 */
import { createHash } from 'node:crypto';
import { LAST, MEN, WOMEN } from './names.ts';
import { seeded, type Random } from './random.ts';

/** [name, echelon of its head, head's post, children] */
type Unit = [name: string, echelon: string, head: string, children?: Unit[]];

const GOVERNMENT_ID = 'E5DE4CBE134652ECD91F6C7E00EA9567';

const TREE: Unit[] = [
	[
		'Sekretariat Daerah',
		'12',
		'Sekretaris Daerah',
		[
			['Biro Organisasi', '22', 'Kepala Biro Organisasi'],
			['Biro Umum', '22', 'Kepala Biro Umum']
		]
	],
	[
		'Badan Pengembangan Sumber Daya Manusia',
		'21',
		'Kepala Badan Pengembangan Sumber Daya Manusia',
		[
			['Bidang Pengembangan Kompetensi Teknis', '31', 'Kepala Bidang Pengembangan Kompetensi Teknis'],
			['Bidang Sertifikasi Kompetensi', '31', 'Kepala Bidang Sertifikasi Kompetensi']
		]
	],
	[
		'Badan Kepegawaian Daerah',
		'21',
		'Kepala Badan Kepegawaian Daerah',
		[['Bidang Data dan Informasi', '31', 'Kepala Bidang Data dan Informasi']]
	],
	[
		'Dinas Kesehatan',
		'21',
		'Kepala Dinas Kesehatan',
		[
			['Bidang Pelayanan Kesehatan', '31', 'Kepala Bidang Pelayanan Kesehatan'],
			[
				'RSUD Contoh Siginjai',
				'22',
				'Direktur RSUD Contoh Siginjai',
				[
					['Loket Pendaftaran', '41', 'Kepala Loket Pendaftaran'],
					['Instalasi Rawat Jalan', '41', 'Kepala Instalasi Rawat Jalan'],
					['Instalasi Rawat Inap', '41', 'Kepala Instalasi Rawat Inap'],
					['Instalasi Farmasi', '41', 'Kepala Instalasi Farmasi']
				]
			],
			[
				'Rumah Sakit Jiwa Contoh',
				'31',
				'Direktur Rumah Sakit Jiwa Contoh',
				[['Instalasi Rehabilitasi', '41', 'Kepala Instalasi Rehabilitasi']]
			]
		]
	],
	[
		'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu',
		'21',
		'Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu',
		[
			['Bidang Pelayanan Perizinan', '31', 'Kepala Bidang Pelayanan Perizinan'],
			['Bidang Pengaduan dan Informasi', '31', 'Kepala Bidang Pengaduan dan Informasi']
		]
	],
	[
		'Dinas Sosial, Kependudukan dan Pencatatan Sipil',
		'21',
		'Kepala Dinas Sosial, Kependudukan dan Pencatatan Sipil',
		[['Bidang Administrasi Kependudukan', '31', 'Kepala Bidang Administrasi Kependudukan']]
	],
	[
		'Badan Pendapatan Daerah',
		'21',
		'Kepala Badan Pendapatan Daerah',
		[
			['UPTD Samsat Kota Jambi', '31', 'Kepala UPTD Samsat Kota Jambi'],
			['UPTD Samsat Merangin', '31', 'Kepala UPTD Samsat Merangin']
		]
	],
	[
		'Dinas Pendidikan',
		'21',
		'Kepala Dinas Pendidikan',
		[
			['SMA Negeri Contoh 1', '99', 'Kepala Sekolah'],
			['SMK Negeri Contoh 2', '99', 'Kepala Sekolah']
		]
	],
	['Dinas Kehutanan', '21', 'Kepala Dinas Kehutanan', [['UPTD KPHP Batang Asai', '31', 'Kepala UPTD KPHP Batang Asai']]],
	[
		'Dinas Komunikasi dan Informatika',
		'21',
		'Kepala Dinas Komunikasi dan Informatika',
		[['Bidang Penyelenggaraan E-Government', '31', 'Kepala Bidang Penyelenggaraan E-Government']]
	]
];

/** Posts below the head, by a word in the unit's name. */
const POSTS: [word: RegExp, posts: [kind: '2' | '4', name: string][], size: number][] = [
	[
		/Loket|Rawat|Rehabilitasi/,
		[
			['2', 'Perawat Ahli Pertama'],
			['2', 'Perawat Terampil'],
			['2', 'Perawat Ahli Muda'],
			['4', 'Pengelola Layanan Operasional']
		],
		22
	],
	[
		/Farmasi/,
		[
			['2', 'Apoteker Ahli Pertama'],
			['2', 'Asisten Apoteker Terampil']
		],
		14
	],
	[
		/Perizinan|Pengaduan|Samsat|Kependudukan/,
		[
			['4', 'Penata Layanan Operasional'],
			['4', 'Pengadministrasi Perkantoran'],
			['2', 'Analis Kebijakan Ahli Pertama'],
			['2', 'Pranata Komputer Ahli Pertama']
		],
		16
	],
	[
		/SMA|SMK/,
		[
			['2', 'Guru Ahli Pertama'],
			['2', 'Guru Ahli Muda'],
			['4', 'Pengadministrasi Perkantoran']
		],
		14
	],
	[
		/KPHP/,
		[
			['2', 'Penyuluh Kehutanan Ahli Pertama'],
			['2', 'Penyuluh Kehutanan Terampil'],
			['4', 'Operator Layanan Operasional']
		],
		12
	],
	[
		/Kompetensi/,
		[
			['2', 'Widyaiswara Ahli Muda'],
			['2', 'Analis Sumber Daya Manusia Aparatur Ahli Muda'],
			['2', 'Analis Sumber Daya Manusia Aparatur Ahli Pertama']
		],
		8
	],
	[
		/./,
		[
			['2', 'Analis Sumber Daya Manusia Aparatur Ahli Muda'],
			['2', 'Perencana Ahli Pertama'],
			['4', 'Pengolah Data dan Informasi']
		],
		5
	]
];

export interface DemoOfficer {
	siasnId: string;
	name: string;
	nip: string;
	unit: string;
	unitPath: string[];
	post: string;
	head: boolean;
}

export interface DemoProvince {
	unitsCsv: string;
	officersCsv: string;
	officers: DemoOfficer[];
}

/** People of the five stories; each takes the first place of the post in the unit. */
const NAMED: { unit: string; post: RegExp; name: string; sex: 'M' | 'F' }[] = [
	{ unit: 'Loket Pendaftaran', post: /Perawat Ahli Muda/, name: 'RATNA DEWI', sex: 'F' },
	{ unit: 'UPTD KPHP Batang Asai', post: /Penyuluh Kehutanan Ahli Pertama/, name: 'BUJANG RIMBO', sex: 'M' },
	{ unit: 'Bidang Pengembangan Kompetensi Teknis', post: /Analis .* Ahli Muda/, name: 'HELMI SYARIF', sex: 'M' },
	{ unit: 'Bidang Pengembangan Kompetensi Teknis', post: /Widyaiswara/, name: 'NYIMAS LAILA', sex: 'F' },
	{ unit: 'RSUD Contoh Siginjai', post: /Direktur/, name: 'MARLINA ZAHRA', sex: 'F' },
	{ unit: 'Sekretariat Daerah', post: /Sekretaris Daerah/, name: 'RADEN USMAN', sex: 'M' }
];

const id = (text: string): string => createHash('sha256').update(`siginjai-demo:${text}`).digest('hex').slice(0, 32).toUpperCase();

/** How the national system would refer to a post. */
export const postRef = (post: string): string => id(`post:${post}`);

export function demoProvince(seed = 2026): DemoProvince {
	const random = seeded(seed);
	const units: string[][] = [];
	const officers: DemoOfficer[] = [];
	const rows: string[][] = [];
	const used = new Set<string>();
	let serial = 0;
	let code = 0;

	const person = (
		unit: string,
		path: string[],
		unitId: string,
		kind: string,
		kindName: string,
		post: string,
		head: boolean,
		level: Level
	) => {
		const named = NAMED.find((item) => item.unit === unit && item.post.test(post) && !used.has(item.name));
		if (named) used.add(named.name);
		const sex = named?.sex ?? random.pick(['F', 'M'] as const);
		const name = named?.name ?? uniqueName(random, sex, used);
		const officer = makeOfficer(random, { name, sex, unit, unitId, kind, kindName, post, level, serial: serial++ });
		rows.push(officer.row);
		officers.push({ siasnId: officer.siasnId, name, nip: officer.nip, unit, unitPath: path, post, head });
		return officer.siasnId;
	};

	const walk = (unit: Unit, parentId: string, opdId: string, path: string[]) => {
		const [name, echelon, head, children = []] = unit;
		const unitId = id(`unit:${[...path, name].join('/')}`);
		const opd = opdId || unitId;
		const here = [...path, name];
		const school = echelon === '99';
		const leader = person(
			name,
			here,
			unitId,
			school ? '2' : '1',
			school ? 'Jabatan Fungsional Tertentu' : 'Jabatan Struktural',
			school ? 'Guru Ahli Madya' : head,
			true,
			'head'
		);
		units.push([unitId, GOVERNMENT_ID, parentId, echelon, name, head, String(550000000000 + ++code * 10000), opd, leader, 'null']);
		const [, posts, size] = POSTS.find(([word]) => word.test(name))!;
		const count = children.length > 0 ? 3 : size;
		for (let i = 0; i < count; i++) {
			const [kind, post] = posts[i % posts.length]!;
			person(name, here, unitId, kind, kind === '2' ? 'Jabatan Fungsional Tertentu' : 'Jabatan Fungsional Umum', post, false, 'staff');
		}
		for (const child of children) walk(child, unitId, opd, here);
	};

	const root = id('unit:root');
	units.push([root, GOVERNMENT_ID, 'null', '99', 'Pemerintah Provinsi Jambi', 'Gubernur', '550000000000', 'null', 'null', 'null']);
	for (const unit of TREE) walk(unit, root, '', []);
	return { unitsCsv: csv(UNIT_COLUMNS, units), officersCsv: csv(OFFICER_COLUMNS, rows), officers };
}

type Level = 'head' | 'staff';

/** Headings of `ref-unor`, the tree as the national system gives it. */
export const UNIT_COLUMNS = [
	'Id',
	'InstansiId',
	'DiatasanId',
	'EselonId',
	'NamaUnor',
	'NamaJabatan',
	'CepatKode',
	'IndukUnorId',
	'PemimpinPnsId',
	'JenisUnorId'
] as const;
const OFFICER_COLUMNS = [
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

function uniqueName(random: Random, sex: 'M' | 'F', used: Set<string>): string {
	for (;;) {
		const name = `${random.pick(sex === 'F' ? WOMEN : MEN)} ${random.pick(LAST)}`.toUpperCase();
		if (used.has(name)) continue;
		used.add(name);
		return name;
	}
}

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

function makeOfficer(random: Random, post: Post): { siasnId: string; nip: string; row: string[] } {
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
	const siasnId = id(`officer:${post.serial}`);
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

const csv = (columns: readonly string[], rows: string[][]): string =>
	[columns, ...rows]
		.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
		.join('\n') + '\n';
