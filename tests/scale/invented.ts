/** Invented people, the same ones again for the same seed. */
export interface Invented {
	below(limit: number): number;
	pick<T>(list: readonly T[]): T;
	id(): string;
}

const GIVEN = {
	M: 'AHMAD BAMBANG CANDRA DEDI EDI FAJAR GUNTUR HENDRA ILHAM JOKO KURNIAWAN LUKMAN MUHAMMAD NOVRIZAL OKTAVIAN PUTRA RAHMAT SYAHRUL TAUFIK USMAN WAHYU YUSUF ZAINAL ARIFIN DARMAWAN FIRMAN HERMAN ISKANDAR MARWAN RIDWAN'.split(
		' '
	),
	F: 'AISYAH BUNGA CITRA DEWI ELVIRA FITRI GUSTI HALIMAH INDAH JUWITA KARTIKA LESTARI MAYA NURUL OKTARINA PUSPITA RATNA SITI TRI UMI WULAN YULI ZAHRA ANGGUN DIAN ERNAWATI HASANAH MELATI RINI SALMAH'.split(
		' '
	)
} as const;
const SECOND =
	'SAPUTRA WIJAYA HIDAYAT NUGROHO SIREGAR NASUTION HARAHAP GINTING SITOMPUL LUBIS TANJUNG PULUNGAN MATONDANG HASIBUAN RITONGA POHAN BATUBARA SIMATUPANG MANURUNG PANJAITAN SIHOTANG SINAGA TAMBUNAN PURBA DAMANIK SARAGIH SEMBIRING TARIGAN PRASETYO SUSANTO SANTOSO GUNAWAN HARTONO SETIAWAN PERMANA ANGGRAINI RAHAYU SAFITRI WULANDARI MAHARANI'.split(
		' '
	);

export function invented(seed: number): Invented {
	let state = seed >>> 0;
	// mulberry32
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return (t ^ (t >>> 14)) >>> 0;
	};
	const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
	const hex = () => next().toString(16).padStart(8, '0');
	return { below, pick: (list) => list[below(list.length)]!, id: () => (hex() + hex() + hex() + hex()).toUpperCase() };
}

/** Two to four words, as such names go: one man in eight is called after the prophet, whatever else he is called. */
export function inventedName(luck: Invented, sex: 'M' | 'F'): string {
	const first = sex === 'M' && luck.below(8) === 0 ? ['MUHAMMAD'] : [];
	const words = [...first, luck.pick(GIVEN[sex]), ...(luck.below(3) === 0 ? [luck.pick(GIVEN[sex])] : []), luck.pick(SECOND)];
	return words.join(' ');
}
