/**
 * Numbers and dates as people here write them: `1.234,56` and `17 Agustus 2026` in Indonesian, `1,234.56` and
 * `17 August 2026` in English, always in WIB. The language is that of the request (Paraglide).
 */
import { getLocale } from '#paraglide/runtime.js';

const ZONE = 'Asia/Jakarta';
const NBSP = '\u00a0';
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

const tag = () => (getLocale() === 'en' ? 'en-GB' : 'id-ID');

/** A map of gaps formats hundreds of numbers: the key is cheap. */
function numbers(least: number, most: number): Intl.NumberFormat {
	const key = `${tag()} ${least} ${most}`;
	let format = made.get(key) as Intl.NumberFormat | undefined;
	if (!format) made.set(key, (format = new Intl.NumberFormat(tag(), { minimumFractionDigits: least, maximumFractionDigits: most })));
	return format;
}

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = tag() + JSON.stringify(options);
	if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(tag(), options));
	return made.get(key) as Intl.DateTimeFormat;
}

/** A true minus sign lines up with the plus; a rounded −0 is 0. */
const withMinus = (text: string): string => (/[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', ''));

/** @param digits exactly so many decimals; without it, at most two and no trailing zeros */
export function number(value: number, digits?: number): string {
	return withMinus(numbers(digits ?? 0, digits ?? 2).format(value));
}

/** As `number`, with a plus before what is above zero after rounding. */
export function signed(value: number, digits?: number): string {
	const text = number(value, digits);
	return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A share of one: 0.574 → `57,4%`. */
export const percent = (share: number, digits = 1): string => `${withMinus(numbers(0, digits).format(share * 100))}%`;

/** Whole rupiah: `Rp 1.850.000`, not broken at the line's end. */
export const rupiah = (value: number): string => `Rp${NBSP}${number(value, 0)}`;

/** A day of the calendar. A `yyyy-mm-dd` text is that day everywhere; a moment is the day it falls on in WIB. */
export function date(value: Date | string): string {
	const isDay = typeof value === 'string' && value.length === 10;
	return dates({ day: 'numeric', month: 'long', year: 'numeric', timeZone: isDay ? 'UTC' : ZONE }).format(new Date(value));
}

/** A month of the calendar, short: `Agu 2026`. A `yyyy-mm-dd` text is a day in it. */
export const monthYear = (day: string): string => dates({ month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(day));

/** A moment: `17 Agustus 2026, 08.14 WIB`. */
export function dateTime(value: Date | string): string {
	const moment = new Date(value);
	return `${date(moment)}, ${dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE }).format(moment)}${NBSP}WIB`;
}

/** So long ago: `8 bulan yang lalu`; days by name where there is one, `hari ini`. */
export function ago(count: number, unit: 'day' | 'month' | 'year'): string {
	const key = `${tag()} ${unit}`;
	if (!made.has(key)) made.set(key, new Intl.RelativeTimeFormat(tag(), { numeric: unit === 'day' ? 'auto' : 'always' }));
	return (made.get(key) as Intl.RelativeTimeFormat).format(-count, unit);
}
