/** A technical catalogue of a made-up ministry's decree, as the sheet that comes in. Everything in it is invented. */
interface Entry {
	code: string;
	name: string;
	field: string;
	definition: string;
	/** What somebody does on each level, with what can be seen of it. */
	levels: [summary: string, indicators: string][];
}

const ENTRIES: Entry[] = [
	{
		code: 'T.KES.01',
		name: 'Edukasi Pasien',
		field: 'Kesehatan',
		definition: 'Menjelaskan perawatan supaya pasien dan keluarganya dapat menjalankannya di rumah.',
		levels: [
			['Membacakan lembar petunjuk', 'Menyebut isi lembar dengan benar; Mempersilakan pasien bertanya'],
			['Menjelaskan dengan kata sehari-hari', 'Memakai kata yang dipakai pasien; Meminta pasien mengulang'],
			['Menyesuaikan penjelasan dengan pendengarnya', 'Mengenali yang belum dipahami; Mengganti cara dan contoh'],
			['Melatih rekan menjelaskan', 'Mengamati rekan; Memberi umpan balik yang dapat dipakai besok'],
			['Menyusun cara baru untuk seluruh rumah sakit', 'Menulis panduan; Mengukur apakah pasien paham']
		]
	},
	{
		code: 'T.KES.02',
		name: 'Triase',
		field: 'Kesehatan',
		definition: 'Menilai pasien mana yang didahulukan.',
		levels: [
			['Mengenal kategori triase', 'Menyebut kategori dan artinya'],
			['Menetapkan kategori pada kasus biasa', 'Menetapkan kategori dalam waktu yang diminta'],
			['Menetapkan kategori pada kasus sulit', 'Menjelaskan alasan; Menilai ulang bila keadaan berubah'],
			['Mengatur alur saat ramai', 'Memindahkan tenaga; Menjaga yang menunggu tetap terlihat'],
			['Merancang alur rumah sakit', 'Menulis prosedur; Melatih penilai']
		]
	},
	{
		code: 'T.HUT.01',
		name: 'Pendampingan Kelompok Tani Hutan',
		field: 'Kehutanan',
		definition: 'Membantu kelompok menyusun dan menjalankan rencana kelolanya.',
		levels: [
			['Mengenal kelompok dan wilayahnya', 'Menyebut anggota, batas, dan hasil hutannya'],
			['Memandu pertemuan kelompok', 'Mencatat kesepakatan; Menindaklanjuti'],
			['Menyusun rencana bersama kelompok', 'Rencana dipahami dan ditulis anggota sendiri'],
			['Menengahi perselisihan', 'Menemukan jalan yang diterima para pihak'],
			['Mengembangkan cara pendampingan provinsi', 'Menulis panduan; Melatih penyuluh lain']
		]
	},
	{
		code: 'T.ADM.01',
		name: 'Tata Naskah Dinas',
		field: 'Administrasi pemerintahan',
		definition: 'Menyusun naskah dinas yang sah dan mudah dibaca.',
		levels: [
			['Mengenal bentuk naskah', 'Memilih bentuk yang tepat'],
			['Menyusun naskah biasa', 'Naskah benar tanpa perbaikan bentuk'],
			['Menyusun naskah rumit', 'Dasar hukum lengkap dan berurutan'],
			['Memeriksa naskah orang lain', 'Perbaikannya menjelaskan alasan'],
			['Menyusun pedoman', 'Pedoman dipakai perangkat daerah lain']
		]
	}
];

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

export const CATALOGUE: string = [
	[
		'kode',
		'nama',
		'urusan',
		'definisi',
		'dasar',
		'berlaku_mulai',
		...[1, 2, 3, 4, 5].flatMap((level) => [`level_${level}`, `indikator_${level}`])
	],
	...ENTRIES.map((entry) => [
		entry.code,
		entry.name,
		entry.field,
		entry.definition,
		'Keputusan Menteri Contoh 1/2025',
		'01-01-2025',
		...entry.levels.flat()
	])
]
	.map((row) => row.map(quoted).join(','))
	.join('\n');
