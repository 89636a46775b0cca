/** Decisions about the citizens' survey, as pure functions. Source: PermenPANRB 14/2017; README of this module. */

export const ELEMENT_CODES = ['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8', 'U9'] as const;
export type ElementCode = (typeof ELEMENT_CODES)[number];

/** Fewer respondents than this are shown to nobody outside the unit's own circle. */
export const SMALLEST_SHOWN = 5;

export interface ElementSum {
	/** Sum of answers 1–4. */
	sum: number;
	/** Respondents who answered the element. */
	count: number;
}

/**
 * Index = Σ(sum ÷ count) × 1/9 × 25, in exact fractions, rounded half up to two decimals. In binary floating point
 * 17661/200 = 88.305 rounds down and the unit would lose its grade A.
 * @returns 25.00–100.00, or undefined while an element has no answer at all
 */
export function serviceIndex(elements: ElementSum[]): number | undefined {
	if (elements.length === 0 || elements.some(({ count }) => count === 0)) return undefined;
	const denominator = elements.reduce((product, { count }) => product * BigInt(count), 1n);
	const numerator = elements.reduce((total, { sum, count }) => total + BigInt(sum) * (denominator / BigInt(count)), 0n);
	const divisor = denominator * BigInt(elements.length);
	// hundredths, half up: floor((2 × 2500 × n + d) ÷ 2d)
	const hundredths = (2n * 2500n * numerator + divisor) / (2n * divisor);
	return Number(hundredths) / 100;
}

export interface Band {
	grade: string;
	label: string;
	indexMin: number;
}

/** The band with the highest lower bound not above the rounded index. */
export function bandOf(index: number, bands: Band[]): Band | undefined {
	return [...bands].sort((a, b) => b.indexMin - a.indexMin).find((band) => index >= band.indexMin);
}

/** Respondents needed by Krejcie & Morgan (1970): χ² 3.841, P 0.5, d 0.05, rounded. */
export function respondentsNeeded(population: number): number {
	return Math.round((3.841 * population * 0.25) / (0.0025 * (population - 1) + 3.841 * 0.25));
}

const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A public code of eight signs without look-alikes (0/O, 1/I/L); `bytes` are random. */
export const publicCode = (bytes: Uint8Array): string => Array.from(bytes.slice(0, 8), (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** The band of an age in years, as the form asks for it. */
export function ageBand(age: number): string {
	if (age < 20) return '<20';
	return age >= 60 ? '60+' : `${Math.floor(age / 10) * 10}-${Math.floor(age / 10) * 10 + 9}`;
}

/** Education as forms in use write it (*S-1*, *D-III*, *SLTA*); null when it is none we know. */
export function readEducation(text: string): string | null {
	const word = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
	if (/^(S2|S3|MAGISTER|DOKTOR)/.test(word)) return 'S2+';
	if (/^(S1|D4|DIV|SARJANA)/.test(word)) return 'S1';
	if (/^(D[123]|DI{1,3}$|DIPLOMA)/.test(word)) return 'DIPLOMA';
	if (/^(SLTA|SMA|SMK|MA$)/.test(word)) return 'SLTA';
	if (/^(SLTP|SMP|MTS)/.test(word)) return 'SLTP';
	return /^(SD|MI$)/.test(word) ? 'SD' : null;
}

const OCCUPATION_WORDS: [RegExp, string][] = [
	[/\b(asn|pns|pppk|pegawai negeri)\b/i, 'ASN'],
	[/\b(tni|polri)\b/i, 'TNI/POLRI'],
	[/wirausaha|wiraswasta|pedagang/i, 'wirausaha'],
	[/swasta|karyawan/i, 'swasta'],
	[/petani|nelayan|pekebun/i, 'petani'],
	[/pelajar|mahasiswa/i, 'pelajar'],
	[/rumah tangga/i, 'rumah_tangga']
];

/** Occupation as forms in use write it; what is none of ours is *lainnya*. */
export const readOccupation = (text: string): string => OCCUPATION_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'lainnya';
