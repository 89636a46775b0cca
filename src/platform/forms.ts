import { createHash } from 'node:crypto';
import { fail, isRedirect, isHttpError, type ActionFailure } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Db } from './database/connection.ts';
import { isId } from './ids.ts';
import { once } from './once.ts';
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
		if (key.endsWith('[]')) input[key.slice(0, -2)] = raw.getAll(key).map(storable);
		else input[key] = storable(raw.get(key));
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

/** No text of the database can hold this character, and nobody types it. */
const storable = <T>(value: T): T | string => (typeof value === 'string' ? value.replaceAll('\0', '') : value);

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
 * The command of a form: one transaction, done once however often the form arrives, a refusal as the form's answer.
 * @param key of `parseForm` or `formKeyOf`
 */
export function attemptOnce<T>(
	locals: Pick<App.Locals, 'transaction' | 'at'>,
	key: string | undefined,
	work: (db: Db) => Promise<T>,
	raw?: FormData
): Promise<T | ActionFailure<FormFailure>> {
	return attempt(() => locals.transaction((db) => once(db, key, locals.at, () => work(db))), raw);
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
