/** Fields of a form's schema. Apart from `forms.ts`, which needs the server: a page may read these rules in the browser. */
import * as v from 'valibot';
import { isDay } from './days.ts';

/** A required line of text; spaces around it go. */
export const line = (maximum = 200) =>
	v.pipe(v.string('platform_required'), v.trim(), v.nonEmpty('platform_required'), v.maxLength(maximum, 'platform_too_long'));

/** Optional text; empty when missing. */
export const optionalText = (maximum = 4000) => v.optional(v.pipe(v.string(), v.trim(), v.maxLength(maximum, 'platform_too_long')), '');

export const id = () => v.pipe(v.string('platform_required'), v.uuid('platform_choose'));

/** Whole number written in Indonesian or plain form. */
export const wholeNumber = (minimum: number, maximum: number) =>
	v.pipe(
		v.string('platform_required'),
		v.trim(),
		v.regex(/^\d+$/, 'platform_number'),
		v.transform(Number),
		v.minValue(minimum, 'platform_number_range'),
		v.maxValue(maximum, 'platform_number_range')
	);

/** Decimal; a comma or a point before the decimals. */
export const decimal = (minimum: number, maximum: number) =>
	v.pipe(
		v.string('platform_required'),
		v.trim(),
		v.transform((value) => Number(value.replace(',', '.'))),
		v.number('platform_number'),
		v.finite('platform_number'),
		v.minValue(minimum, 'platform_number_range'),
		v.maxValue(maximum, 'platform_number_range')
	);

export const day = () => v.pipe(v.string('platform_required'), v.check(isDay, 'platform_date'));
