import { randomBytes } from 'node:crypto';

/**
 * A new UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. Made in the app because PostgreSQL 15, our
 * floor, has no `uuidv7()`. Sorted by time, so an index on it stays compact.
 */
export function newId(at: number = Date.now()): string {
	const bytes = randomBytes(16);
	bytes.writeUIntBE(at, 0, 6);
	bytes[6] = (bytes[6]! & 0x0f) | 0x70;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True when `text` may be bound to a uuid parameter; PostgreSQL throws on anything else. */
export const isId = (text: string): boolean => UUID.test(text);
