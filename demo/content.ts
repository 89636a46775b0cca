/** Tests, lessons and behaviours of the demo, written for it. Each question: stem, options, place of the right one, why. */
type Item = [stem: string, options: string[], right: number, why: string];

export const COMMUNICATION_TEST: Item[] = [
	[
		'Seorang ibu datang untuk ketiga kalinya karena berkasnya kurang. Apa kalimat pertama Anda?',
		[
			'Persyaratannya sudah ditempel di depan, Bu.',
			'Ibu sudah tiga kali datang; mari kita lihat bersama apa yang masih kurang.',
			'Silakan kembali bila sudah lengkap.',
			'Itu bukan bagian saya.'
		],
		1,
		'Mengakui usaha orang membuka telinga untuk isi.'
	],
	[
		'Istilah "rujukan berjenjang" tidak dipahami pasien. Anda sebaiknya …',
		[
			'mengulang istilah itu lebih keras',
			'menjelaskannya dengan urutan tempat yang akan didatangi',
			'memberi brosur tanpa penjelasan',
			'meminta keluarganya yang mendengar'
		],
		1,
		'Urutan yang nyata lebih mudah diingat daripada istilah.'
	],
	[
		'Cara terbaik memastikan penjelasan Anda dipahami adalah …',
		[
			'bertanya "Sudah paham?"',
			'meminta orang itu menceritakan ulang langkah berikutnya',
			'mengulang dua kali',
			'menuliskannya dengan huruf besar'
		],
		1,
		'"Sudah paham?" hampir selalu dijawab ya.'
	],
	[
		'Pengunjung marah dengan suara tinggi. Yang pertama Anda lakukan …',
		['meninggikan suara', 'diam menunggu', 'menyebut apa yang Anda dengar dari kemarahannya', 'memanggil satpam'],
		2,
		'Orang yang merasa didengar menurunkan suaranya.'
	],
	[
		'Kabar buruk disampaikan sebaiknya …',
		['di depan antrean agar cepat', 'dengan kalimat pendek, di tempat yang tenang', 'lewat pesan singkat', 'oleh siapa saja yang sempat'],
		1,
		'Tempat yang tenang menjaga martabat.'
	],
	[
		'Anda tidak tahu jawaban pertanyaan warga. Anda …',
		[
			'mengarang yang mendekati',
			'mengatakan tidak tahu, lalu mencarikan siapa yang tahu',
			'mengalihkan pembicaraan',
			'menyuruhnya datang besok'
		],
		1,
		'Jujur lalu mengantar lebih dipercaya daripada jawaban kira-kira.'
	],
	[
		'Yang termasuk mendengar aktif adalah …',
		['menyela agar cepat', 'menyimpulkan ulang inti keluhan', 'melihat layar sambil mengangguk', 'menyiapkan jawaban'],
		1,
		'Menyimpulkan ulang menunjukkan Anda menangkap isinya.'
	],
	[
		'Tiga hal yang harus diketahui orang sebelum pulang dari loket: apa berikutnya, kapan, dan …',
		['siapa kepala dinasnya', 'ke mana atau kepada siapa', 'berapa anggarannya', 'dasar hukumnya'],
		1,
		'Tanpa tempat atau nama, langkah berikutnya terhenti.'
	],
	[
		'Warga lanjut usia sulit mendengar. Anda …',
		[
			'berteriak',
			'menghadap wajahnya, berbicara perlahan, dan menulis kata kunci',
			'berbicara kepada pengantarnya saja',
			'mempercepat agar tidak lelah'
		],
		1,
		'Membaca bibir dan kata kunci menolong; teriakan tidak.'
	],
	[
		'Sesudah menjelaskan, Anda menutup dengan …',
		[
			'"Ada lagi?" sambil memanggil nomor berikutnya',
			'menanyakan apa yang masih mengganjal dan menunggu jawabannya',
			'ucapan terima kasih saja',
			'mengingatkan jam tutup'
		],
		1,
		'Menunggu jawaban memberi ruang bagi pertanyaan yang sebenarnya.'
	]
];

export const SERVICE_TEST: Item[] = [
	[
		'Standar pelayanan terutama menolong …',
		['atasan menilai', 'warga mengetahui apa yang dapat diharapkan', 'petugas menghafal', 'auditor'],
		1,
		'Janji yang terbuka dapat ditagih.'
	],
	[
		'Waktu tunggu paling tepat dipotong dengan …',
		[
			'meminta warga datang lebih pagi',
			'melihat langkah mana yang tidak menambah apa-apa',
			'menambah kursi tunggu',
			'membatasi nomor antrean'
		],
		1,
		'Yang dihapus adalah langkah, bukan orang.'
	],
	[
		'Keluhan yang berulang sebaiknya …',
		['dijawab satu per satu saja', 'dicatat menurut sebab dan ditangani sebabnya', 'diteruskan ke media sosial', 'diabaikan bila sopan'],
		1,
		'Sebab yang sama melahirkan keluhan yang sama.'
	],
	[
		'Layanan bagi penyandang disabilitas …',
		['menunggu petugas khusus', 'menjadi tugas setiap loket', 'hanya di kantor pusat', 'melalui pengantar'],
		1,
		'UU 8/2016 meletakkannya pada setiap layanan.'
	],
	[
		'Indeks kepuasan dihitung dari …',
		['satu pertanyaan', 'sembilan unsur', 'jumlah keluhan', 'jumlah pengunjung'],
		1,
		'PermenPANRB 14/2017.'
	],
	[
		'Biaya yang tidak tertulis pada standar pelayanan …',
		['boleh bila kecil', 'tidak boleh dipungut', 'boleh bila warga rela', 'dicatat belakangan'],
		1,
		'Di luar standar berarti pungutan liar.'
	],
	[
		'Prosedur baru sebaiknya diuji …',
		['langsung di semua loket', 'di satu loket dahulu, diukur, lalu diperluas', 'oleh konsultan saja', 'sesudah setahun'],
		1,
		'Yang diukur kecil murah diperbaiki.'
	],
	[
		'Yang paling menentukan kesan warga adalah …',
		['gedung', 'perlakuan petugas', 'seragam', 'papan nama'],
		1,
		'Unsur perilaku pelaksana paling sering disebut.'
	]
];

export const PROJECT_TEST: Item[] = [
	[
		'Hasil proyek ditulis sebagai …',
		['daftar kegiatan', 'perubahan yang dapat dilihat orang lain', 'jumlah rapat', 'besarnya anggaran'],
		1,
		'Kegiatan bukan hasil.'
	],
	[
		'Langkah pertama sebelum menyusun jadwal adalah …',
		['membeli alat', 'menyepakati apa yang dianggap selesai', 'membentuk tim besar', 'membuat spanduk'],
		1,
		'Tanpa batas selesai, jadwal tidak berujung.'
	],
	[
		'Pekerjaan yang menentukan lamanya proyek disebut …',
		['pekerjaan tambahan', 'jalur kritis', 'anggaran', 'risiko'],
		1,
		'Terlambat sehari di sana, terlambat sehari semuanya.'
	],
	[
		'Risiko dicatat bersama …',
		['nama yang bersalah', 'pemilik dan tindakan pencegahnya', 'sanksi', 'foto'],
		1,
		'Risiko tanpa pemilik tidak dijaga siapa pun.'
	],
	[
		'Rapat kemajuan paling berguna bila …',
		['semua hadir dua jam', 'membahas yang menyimpang dan putusannya', 'membaca laporan bersama', 'diadakan di hotel'],
		1,
		'Yang sesuai rencana cukup dibaca.'
	],
	[
		'Di lapangan tanpa sinyal, laporan sebaiknya …',
		['ditunda sampai kembali', 'ditulis saat itu dan dikirim ketika ada sinyal', 'disampaikan lisan', 'dititipkan'],
		1,
		'Catatan saat kejadian lebih tepat daripada ingatan.'
	],
	[
		'Perubahan ruang lingkup diterima bila …',
		['diminta siapa pun', 'akibatnya pada waktu dan biaya disetujui', 'kecil', 'mendesak'],
		1,
		'Setiap tambahan punya harga.'
	],
	[
		'Sesudah selesai, tim …',
		['langsung bubar', 'mencatat apa yang akan dilakukan berbeda', 'membuat seremoni', 'menunggu evaluasi'],
		1,
		'Pelajaran yang tidak ditulis dipelajari lagi.'
	]
];

export const BEHAVIOURS: [id: string, en: string][] = [
	['Menyapa dan memperkenalkan diri sebelum melayani', 'Greets and introduces themselves before serving'],
	['Menjelaskan dengan kata yang dipahami warga', 'Explains in words citizens understand'],
	['Memastikan warga tahu langkah berikutnya', 'Makes sure citizens know the next step'],
	['Tetap tenang ketika warga marah', 'Stays calm when citizens are angry'],
	['Mencarikan jawaban bila tidak tahu', 'Finds the answer when they do not know it']
];

export interface DemoLesson {
	title: string;
	minutes: number;
	body: string;
	practice: Item;
}

export const COMMUNICATION_LESSONS: DemoLesson[] = [
	{
		title: 'Ibu Sari datang untuk ketiga kalinya. Apa yang Anda katakan?',
		minutes: 5,
		body: '> Ibu Sari, 61 tahun, berdiri di loket dengan map yang sama seperti kemarin. "Katanya kurang surat pengantar. Sudah saya bawa. Sekarang kurang apa lagi?"\n\nSebelum menjawab *apa* yang kurang, jawab dahulu *siapa* yang berdiri di depan Anda: seseorang yang sudah tiga kali menempuh perjalanan.\n\n## Tiga kalimat pertama\n\n1. **Akui.** "Ibu sudah tiga kali ke sini."\n2. **Ajak.** "Mari kita lihat bersama."\n3. **Tunjukkan.** Letakkan daftar di antara Anda berdua, bukan di balik kaca.\n\nSesudah itu barulah persyaratan. Orang yang merasa dilihat mendengar dua kali lebih banyak.',
		practice: [
			'Kalimat mana yang mengakui keadaan Ibu Sari?',
			['Seharusnya Ibu membaca pengumuman.', 'Ibu sudah tiga kali ke sini; saya mengerti lelahnya.', 'Berkasnya kurang satu lagi.'],
			1,
			'Pengakuan mendahului persyaratan. Kalimat ketiga benar isinya, tetapi belum waktunya.'
		]
	},
	{
		title: 'Kata yang tidak dipakai di rumah',
		minutes: 4,
		body: '> "Bapak perlu rujukan berjenjang dengan surat kontrol yang masih berlaku."\n\nKalimat itu benar, dan tidak menolong siapa pun. Pilih kata yang dipakai orang di rumahnya.\n\n- *Rujukan berjenjang*: "Dari puskesmas dahulu, baru ke sini."\n- *Surat kontrol*: "Kertas hijau dari dokter yang lalu."\n- *Tidak berlaku*: "Tanggalnya sudah lewat."\n\nBila istilah resmi harus disebut, sebut sesudah penjelasannya, bukan sebelumnya.',
		practice: [
			'Mana yang paling mudah dipahami?',
			['Masa berlaku surat kontrol telah berakhir.', 'Tanggal di kertas hijau ini sudah lewat, Pak.', 'Dokumen kontrol kedaluwarsa.'],
			1,
			'Benda yang dipegang dan tanggal yang dilihat lebih jelas daripada istilah.'
		]
	},
	{
		title: 'Minta ia menceritakan ulang',
		minutes: 5,
		body: 'Pertanyaan "Sudah paham?" hampir selalu dijawab "Sudah". Bukan karena paham, melainkan karena segan.\n\n> "Supaya saya yakin penjelasan saya jelas: sesudah dari sini, Bapak ke mana dahulu?"\n\nPerhatikan: yang diuji adalah penjelasan Anda, bukan orangnya. Bila ceritanya meleset, jelaskan lagi bagian itu saja.\n\nTiga hal yang harus dibawa pulang setiap orang: **apa** berikutnya, **kapan**, dan **ke mana**.',
		practice: [
			'Apa yang sebenarnya diuji oleh cerita ulang?',
			['Ingatan warga', 'Kejelasan penjelasan Anda', 'Kesabaran antrean'],
			1,
			'Karena itu tidak seorang pun merasa diuji.'
		]
	}
];

export const PROJECT_LESSONS: DemoLesson[] = [
	{
		title: 'Kapan pekerjaan ini selesai?',
		minutes: 4,
		body: '> Di Batang Asai, tim menanam 400 bibit di tepi sungai. Laporannya: "Kegiatan penanaman telah dilaksanakan." Musim berikutnya, 90 bibit yang hidup.\n\nKegiatan selesai; pekerjaannya belum. Sepakati **apa yang dianggap selesai** sebelum mulai: bukan "menanam", melainkan "300 bibit hidup setelah enam bulan".\n\nTuliskan dalam satu kalimat yang dapat diperiksa orang lain.',
		practice: [
			'Mana yang dapat diperiksa orang lain?',
			['Penanaman dilaksanakan dengan baik', '300 bibit hidup pada 30 Juni', 'Masyarakat berpartisipasi'],
			1,
			'Angka, benda, dan tanggal: siapa pun dapat menghitungnya.'
		]
	},
	{
		title: 'Siapa menjaga risiko ini?',
		minutes: 5,
		body: 'Risiko tanpa pemilik tidak dijaga siapa pun. Untuk setiap risiko tulis tiga hal: **apa** yang dapat terjadi, **tanda** yang terlihat lebih dahulu, dan **nama** yang bertindak.\n\n> Air naik dua jengkal di atas tonggak merah: Pak Bujang memindahkan bibit ke darat, hari itu juga.\n\nTidak perlu daftar panjang. Lima risiko dengan lima nama lebih berguna daripada lima puluh tanpa nama.',
		practice: [
			'Yang membuat risiko terjaga adalah …',
			['daftarnya lengkap', 'ada nama dan tandanya', 'dilaporkan bulanan'],
			1,
			'Tanda memberi tahu kapan, nama memberi tahu siapa.'
		]
	}
];

export type { Item };
