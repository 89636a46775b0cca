import { createHash } from 'node:crypto';
import { fail, isRedirect, isHttpError, type ActionFailure } from '@sveltejs/kit';
import * as v from 'valibot';
import { isId } from './ids.ts';
import { Refusal } from './refusal.ts';
import { sentence } from './sentences.ts';

/** What a page gets back from a refused form: sentences by field (`_` for the whole form) and what was typed. */
export interface FormFailure {
	errors: Record<string, string>;
	values: Record<string, string>;
}

type Parsed<T> = { ok: true; values: T; formKey: string | undefined; raw: FormData } | { ok: false; failure: ActionFailure<FormFailure> };

/**
 * Reads a form against its schema. Repeated fields become arrays where the name ends in `[]` (the brackets are
 * dropped); messages of the schema are message keys, such as `platform_required`.
 */
export async function parseForm<S extends v.GenericSchema>(schema: S, request: Request): Promise<Parsed<v.InferOutput<S>>> {
	const raw = await request.formData();
	const input: Record<string, unknown> = {};
	for (const key of new Set(raw.keys())) {
		if (key.endsWith('[]')) input[key.slice(0, -2)] = raw.getAll(key);
		else input[key] = raw.get(key);
	}
	const result = v.safeParse(schema, input);
	if (result.success) return { ok: true, values: result.output, formKey: formKeyOf(raw, request), raw };
	const errors: Record<string, string> = {};
	for (const issue of result.issues) {
		const field = v.getDotPath(issue)?.split('.')[0] ?? '_';
		errors[field] ??= sentence(issue.type === 'object' || issue.message.startsWith('Invalid') ? 'platform_invalid' : issue.message);
	}
	return { ok: false, failure: fail(400, { errors, values: typed(raw) }) };
}

/** Runs the command; a refusal becomes the form's answer, a fault goes on. */
export async function attempt<T>(work: () => Promise<T>, raw?: FormData): Promise<T | ActionFailure<FormFailure>> {
	try {
		return await work();
	} catch (cause) {
		if (isRedirect(cause) || isHttpError(cause)) throw cause;
		if (!(cause instanceof Refusal)) throw cause;
		return fail(409, { errors: { [cause.field ?? '_']: sentence(cause.code, cause.params) }, values: raw ? typed(raw) : {} });
	}
}

/**
 * The key of `once`, made from the page's key and the action: a page may give one key to several forms, and each is
 * done once. Undefined without a valid key.
 */
export function formKeyOf(raw: FormData, request: Request): string | undefined {
	const key = raw.get('form_key');
	if (typeof key !== 'string' || !isId(key)) return undefined;
	const { pathname, search } = new URL(request.url);
	const action = /[?&](\/[^&=]*)/.exec(search)?.[1] ?? '';
	const hex = createHash('sha256').update(`${key} ${pathname} ${action}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What was typed comes back, except secrets and files. */
function typed(raw: FormData): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [key, value] of raw) if (typeof value === 'string' && !/password|token/.test(key)) values[key] = value;
	return values;
}

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

export const day = () => v.pipe(v.string('platform_required'), v.isoDate('platform_date'));
