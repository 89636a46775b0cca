import { afterEach, beforeEach, expect, test } from 'vitest';
import { overwriteGetLocale, baseLocale } from '#paraglide/runtime.js';
import { date, dateTime, number, percent, rupiah, signed } from './format.ts';

const speak = (locale: 'id' | 'en') => overwriteGetLocale(() => locale);
beforeEach(() => speak('id'));
afterEach(() => overwriteGetLocale(() => baseLocale));

test('numbers read as people write them here', () => {
	expect(number(1234.56)).toBe('1.234,56');
	expect(number(20.5)).toBe('20,5');
	expect(number(83.1, 2)).toBe('83,10');
	expect(rupiah(1_850_000)).toBe('Rp\u00a01.850.000');
	expect(percent(0.574)).toBe('57,4%');
	speak('en');
	expect(number(1234.56)).toBe('1,234.56');
	expect(percent(0.5)).toBe('50%');
});

test('a true minus, a plus above zero, and no sign on what rounds to zero', () => {
	expect(signed(1.42, 2)).toBe('+1,42');
	expect(signed(-1.3, 1)).toBe('−1,3');
	expect(signed(-0.04, 1)).toBe('0,0');
	expect(signed(0.04, 1)).toBe('0,0');
	expect(signed(0)).toBe('0');
});

test('a day is that day everywhere; a moment is the day it falls on in WIB', () => {
	expect(date('2026-08-17')).toBe('17 Agustus 2026');
	expect(date(new Date('2026-08-16T18:00:00Z'))).toBe('17 Agustus 2026');
	expect(date(new Date('2026-08-16T16:59:00Z'))).toBe('16 Agustus 2026');
	expect(dateTime(new Date('2026-02-03T01:14:00Z'))).toBe('3 Februari 2026, 08.14\u00a0WIB');
	speak('en');
	expect(date('2026-08-17')).toBe('17 August 2026');
	expect(dateTime('2026-08-16T17:00:00Z')).toBe('17 August 2026, 00:00\u00a0WIB');
});
