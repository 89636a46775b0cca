/** JP (*jam pelajaran*, 45 minutes) by the dated rules of PerLAN 10/2018; decisions that need no database. */

export type JpBasis = 'program' | 'per_day' | 'per_activity' | 'not_jp' | 'local';

/** Limit of a form: so many activities a month, or so many JP a day. */
export interface JpCap {
	count: number;
	period: 'bulan' | 'hari';
	as?: 'jp' | undefined;
}

export interface JpRule {
	basis: JpBasis;
	national_jp: number | null;
	international_jp: number | null;
	international_multiplier: number | null;
	cap: JpCap | null;
}

/** What one completion brings to its rule. */
export interface JpFacts {
	programmeJp: number | null;
	daysAttended: number;
	/** Of the attended days, those credited before under a form with a daily limit. */
	daysCreditedBefore: number;
	/** Activities of the form credited before in the same month. */
	activitiesThisMonth: number;
	international: boolean;
}

/** The rule and the numbers behind a credit, kept with it and shown under "Kenapa?". */
export interface JpReason {
	kind: 'program' | 'per_day' | 'per_activity' | 'not_jp' | 'no_value' | 'no_programme_jp';
	/** JP of the programme, or of one day or activity. */
	unitJp: number | null;
	/** 1.2 for an international programme; null where it does not apply. */
	multiplier: number | null;
	international: boolean;
	/** Programmes (1), days or activities counted. */
	quantity: number;
	/** Days or activities that came on top of the limit and count nothing. */
	overCap: number;
	cap: JpCap | null;
}

export interface JpCredit {
	jp: number;
	quantity: number;
	reason: JpReason;
}

/** Rounded here and nowhere else: two decimals, half up. */
export const roundedJp = (value: number): number => Math.round((value + 1e-9) * 100) / 100;

/**
 * JP of one completion. The 20 percent for international ones belongs to programmes only; days and activities have an
 * international value of their own, and where none is set the national one counts. A form without a value, or one
 * that is no JP at all, credits nothing and says so.
 */
export function creditOf(rule: JpRule, facts: JpFacts): JpCredit {
	if (rule.basis === 'not_jp') return nothing('not_jp', rule, facts);
	if (rule.basis === 'program') {
		if (facts.programmeJp === null) return nothing('no_programme_jp', rule, facts);
		const multiplier = facts.international ? rule.international_multiplier : null;
		return credit('program', rule, facts, { unitJp: facts.programmeJp, multiplier, quantity: 1, overCap: 0 });
	}
	const unit = (facts.international ? rule.international_jp : null) ?? rule.national_jp;
	if (rule.basis === 'local' || unit === null) return nothing('no_value', rule, facts);
	if (rule.basis === 'per_day') {
		const daily = rule.cap?.period === 'hari';
		const overCap = daily ? Math.min(facts.daysCreditedBefore, facts.daysAttended) : 0;
		const unitJp = daily ? Math.min(unit, rule.cap!.count) : unit;
		return credit('per_day', rule, facts, { unitJp, multiplier: null, quantity: facts.daysAttended - overCap, overCap });
	}
	const room = rule.cap?.period === 'bulan' ? Math.max(0, rule.cap.count - facts.activitiesThisMonth) : 1;
	const quantity = Math.min(1, room);
	return credit('per_activity', rule, facts, { unitJp: unit, multiplier: null, quantity, overCap: 1 - quantity });
}

function credit(
	kind: JpReason['kind'],
	rule: JpRule,
	facts: JpFacts,
	counted: Pick<JpReason, 'multiplier' | 'quantity' | 'overCap'> & { unitJp: number }
): JpCredit {
	const jp = roundedJp(counted.unitJp * counted.quantity * (counted.multiplier ?? 1));
	return { jp, quantity: counted.quantity, reason: { kind, international: facts.international, cap: rule.cap, ...counted } };
}

const nothing = (kind: JpReason['kind'], rule: JpRule, facts: JpFacts): JpCredit => ({
	jp: 0,
	quantity: 0,
	reason: { kind, unitJp: null, multiplier: null, international: facts.international, quantity: 0, overCap: 0, cap: rule.cap }
});

/** What a draft must say so that its form can be credited: undefined = it does, else the field that is missing. */
export function missingQuantity(
	rule: Pick<JpRule, 'basis'>,
	content: { programmeJp?: number | null | undefined; days?: number | null | undefined }
): 'programmeJp' | 'days' | undefined {
	if (rule.basis === 'program' && !content.programmeJp) return 'programmeJp';
	if (rule.basis === 'per_day' && !content.days) return 'days';
	return undefined;
}

export interface JpWindow {
	/** First and last day, `yyyy-mm-dd`. */
	from: string;
	to: string;
	kind: 'calendar' | 'contract';
}

/** 29 February counts as 1 March in years without it. */
const anniversary = (day: string, year: number): string => {
	const text = `${year}${day.slice(4)}`;
	const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return text.endsWith('-02-29') && !leap ? `${year}-03-01` : text;
};
const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/**
 * The year in which JP are counted: for PPPK the year of the contract (PP 49/2018 article 40) that began in `year`,
 * for all others, and where the contract's first day is unknown, the calendar year.
 */
export function jpWindow(employmentKind: string, contractFrom: string | null, year: number): JpWindow {
	if (employmentKind !== 'PPPK' || !contractFrom) return { from: `${year}-01-01`, to: `${year}-12-31`, kind: 'calendar' };
	return { from: anniversary(contractFrom, year), to: dayBefore(anniversary(contractFrom, year + 1)), kind: 'contract' };
}

/** The year whose window holds the day. */
export function jpYear(employmentKind: string, contractFrom: string | null, day: string): number {
	const year = Number(day.slice(0, 4));
	return day < jpWindow(employmentKind, contractFrom, year).from ? year - 1 : year;
}

/** Crockford's base 32: no I, L, O or U, since a code is read out over a telephone and typed from paper. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 12;

/** A public code of 60 bits from at least 12 random bytes. */
export const codeFrom = (bytes: Uint8Array): string => Array.from(bytes.subarray(0, CODE_LENGTH), (byte) => ALPHABET[byte % 32]).join('');

/** What somebody typed or scanned, as a code is stored; letters taken for digits are read as digits. Undefined when it cannot be one. */
export function readCode(typed: string): string | undefined {
	const code = typed
		.toUpperCase()
		.replace(/[^A-Z0-9]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
	return code.length === CODE_LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : undefined;
}

/** `K7QM4XW29DRT` → `K7QM-4XW2-9DRT`. */
export const writtenCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

export const NUMBER_TEMPLATE = '{number}/SERT/BPSDM/{year}';

/** A certificate's number from the institution's template; `{number}` has at least four digits. */
export const certificateNumber = (template: string, number: number, year: number): string =>
	template.replaceAll('{number}', String(number).padStart(4, '0')).replaceAll('{year}', String(year));

const folded = (text: string): string =>
	text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

/**
 * What makes two entries of the national system one training of one officer: name and certificate number, both folded,
 * first day and hours. Capitals and spaces decide nothing; two trainings of one name and day with two numbers are two.
 */
export const sameness = (training: { name: string; number: string | null; startsOn: string | null; hours: number | null }): string =>
	[folded(training.name), folded(training.number ?? ''), training.startsOn ?? '', training.hours ?? ''].join('|');
