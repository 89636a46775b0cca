import { randomBytes, randomInt } from 'node:crypto';

const COUNTER_BITS = 26;
let sequence = randomInt(2 ** (COUNTER_BITS - 2));

/**
 * A new UUIDv7 (RFC 9562 §5.7 and §6.2, method 1): 48 bits of milliseconds, a counter of 26 bits, then 48 random bits.
 * Ids that one process makes in the same millisecond sort in the order they were made, so that of two facts of one
 * moment the later stays the later. Made in the app because PostgreSQL 15, our floor, has no `uuidv7()`.
 */
export function newId(at: number = Date.now()): string {
	// counts on whatever the time: a moment may be given more than once, with others in between
	sequence = (sequence + 1) % 2 ** COUNTER_BITS;
	const bytes = randomBytes(16);
	bytes.writeUIntBE(at, 0, 6);
	bytes.writeUInt16BE(0x7000 | ((sequence >> 14) & 0x0fff), 6);
	bytes.writeUInt16BE(0x8000 | (sequence & 0x3fff), 8);
	const hex = bytes.toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True when `text` may be bound to a uuid parameter; PostgreSQL throws on anything else. */
export const isId = (text: string): boolean => UUID.test(text);
