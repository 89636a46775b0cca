/** The invented tree of units, and the headings under which the national system gives it. */

/** [name, echelon of its head, head's post, children] */
export type Unit = [name: string, echelon: string, head: string, children?: Unit[]];

export const GOVERNMENT_ID = 'E5DE4CBE134652ECD91F6C7E00EA9567';

export const TREE: Unit[] = [
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
