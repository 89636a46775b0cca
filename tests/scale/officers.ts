/**
 * The national "Export Data ASN" of any size, row by row: careers (post, rank, education, dates) are those of the
 * fixture's 200 invented officers, persons are invented anew. Every unit with an echelon has its head.
 */
import { fixtureRows } from './files.ts';
import { invented, inventedName, type Invented } from './invented.ts';
import type { ExportedUnit } from './units.ts';

type Career = Record<string, string>;

const TOWNS = ['JAMBI', 'SENGETI', 'MUARA BULIAN', 'MUARA BUNGO', 'MUARA TEBO', 'BANGKO', 'SAROLANGUN', 'SUNGAI PENUH'];
const DAY = 86_400_000;

/** The heading, then one row an officer, cells in its order. */
export function* exportedOfficers(count: number, units: ExportedUnit[], seed = 2): Generator<string[]> {
	const [heading, ...fixture] = fixtureRows('export-data-asn-200.csv');
	yield heading!;
	const careers = fixture.map((cells) => Object.fromEntries(heading!.map((name, at) => [name, cells[at]!])) as Career);
	const led = units.filter((unit) => unit.EselonId !== '99' && unit.EselonId !== '12');
	const heads = careers.filter((career) => career.jenis_jabatan_id === '1');
	const others = careers.filter((career) => career.jenis_jabatan_id !== '1');
	const luck = invented(seed);
	const numbers = new Set<string>();
	for (let place = 0; place < count; place++) {
		const unit = led[place] ?? luck.pick(units);
		const head = place < led.length;
		const career = { ...luck.pick(head ? heads : others) };
		if (head) Object.assign(career, { jabatan_id: unit.Id, jabatan_nama: unit.NamaJabatan });
		Object.assign(career, personOf(luck, career, place, numbers), { unor_id: unit.Id, unor_nama: unit.NamaUnor });
		yield heading!.map((name) => career[name]!);
	}
}

function personOf(luck: Invented, career: Career, place: number, numbers: Set<string>): Career {
	const sex = luck.below(2) === 0 ? 'M' : 'F';
	const name = inventedName(luck, sex);
	const [day, month, year] = career.tanggal_lahir!.split('-').map(Number) as [number, number, number];
	const birth = new Date(Date.UTC(year, month - 1, day) + (luck.below(1400) - 700) * DAY).toISOString().slice(0, 10);
	const [, startMonth, startYear] = career.tmt_cpns!.split('-') as [string, string, string];
	const contract = career.jenis_pegawai_nama === 'PPPK';
	let number: string;
	do {
		const agreement = contract ? `2${luck.below(10)}` : startMonth;
		// no real number ends in 901 to 999
		number = `${birth.replaceAll('-', '')}${startYear}${agreement}${sex === 'M' ? 1 : 2}${901 + luck.below(99)}`;
	} while (numbers.has(number));
	numbers.add(number);
	const login = `${name.toLowerCase().replaceAll(' ', '.')}.${place + 1}`;
	return {
		pns_id: luck.id(),
		nip_baru: `'${number}`,
		nip_lama: 'null',
		nama: name,
		tempat_lahir_nama: luck.pick(TOWNS),
		tanggal_lahir: birth.split('-').reverse().join('-'),
		jenis_kelamin: sex,
		nik: `'1571${String(place).padStart(12, '0')}`,
		nomor_hp: `'0810${String(place).padStart(8, '0')}`,
		email: `${login}@surat.example`,
		email_gov: luck.below(2) === 0 ? `${login}@jambiprov.example` : 'null',
		alamat: `JL. CONTOH NO. ${place + 1} RT ${1 + luck.below(40)}, ${luck.pick(TOWNS)}`,
		npwp_nomor: 'null',
		bpjs: 'null',
		kartu_asn_virtual: 'null',
		nomor_sk_cpns: `813/${place}/BKD/${startYear}`
	};
}
