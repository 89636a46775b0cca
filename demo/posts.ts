/** Posts of the invented province, and how the national system would refer to them. */
import { createHash } from 'node:crypto';

/** Posts below the head, by a word in the unit's name. */
export const POSTS: [word: RegExp, posts: [kind: '2' | '4', name: string][], size: number][] = [
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

/** An id as the national system's, the same each time. */
export const siasnIdOf = (text: string): string =>
	createHash('sha256').update(`siginjai-demo:${text}`).digest('hex').slice(0, 32).toUpperCase();

/** How the national system would refer to a post. */
export const postRef = (post: string): string => siasnIdOf(`post:${post}`);
