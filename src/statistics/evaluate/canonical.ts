import { createHash } from 'node:crypto';

/**
 * JSON with keys sorted by code point and no white space: equal plans have equal text, so a hash can lock them.
 * Numbers keep JavaScript's shortest form; `undefined` members are left out; NaN and Infinity throw.
 */
export function canonicalJson(value: unknown): string {
	if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN or Infinity');
	if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const members = Object.entries(value)
		.filter(([, inner]) => inner !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
		.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
	return `{${members.join(',')}}`;
}

/** SHA-256 of a text in lower-case hexadecimal. */
export function sha256(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('hex');
}
