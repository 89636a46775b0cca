/**
 * Parts of a ZIP archive in memory (APPNOTE.TXT 6.3.10), inflated as a stream by the machine's own zlib. The list at
 * the archive's end says where each part begins and how long it is; what writers put before a part is passed over.
 */
import { createInflateRaw } from 'node:zlib';

const END = 0x06054b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Stands in place of a size or an offset that the extra field holds in 64 bits. */
const ELSEWHERE = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
const SLICE = 64 * 1024;

interface Part {
	method: number;
	packed: number;
	at: number;
}

export class BrokenArchive extends Error {}

/** By name. @throws BrokenArchive */
export function partsOf(bytes: Buffer): Map<string, Part> {
	const parts = new Map<string, Part>();
	try {
		const end = endOf(bytes);
		let at = bytes.readUInt32LE(end + 16);
		for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
			if (bytes.readUInt32LE(at) !== ENTRY) throw new BrokenArchive('no entry where one was announced');
			const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [number, number, number];
			parts.set(bytes.toString('utf8', at + 46, at + 46 + name), placeOf(bytes, at, at + 46 + name, extra));
			at += 46 + name + extra + comment;
		}
	} catch (cause) {
		throw cause instanceof BrokenArchive ? cause : new BrokenArchive('ends early', { cause });
	}
	return parts;
}

function endOf(bytes: Buffer): number {
	for (let at = bytes.length - END_LENGTH; at >= Math.max(0, bytes.length - END_LENGTH - LONGEST_COMMENT); at--)
		if (bytes.readUInt32LE(at) === END) return at;
	throw new BrokenArchive('no end record');
}

/** Method, packed size and place of the local header, from an entry and its extra field (id 1: 64-bit values, only those left out). */
function placeOf(bytes: Buffer, entry: number, extraAt: number, extraLength: number): Part {
	const short = { whole: bytes.readUInt32LE(entry + 24), packed: bytes.readUInt32LE(entry + 20), at: bytes.readUInt32LE(entry + 42) };
	for (let field = extraAt; field + 4 <= extraAt + extraLength; field += 4 + bytes.readUInt16LE(field + 2)) {
		if (bytes.readUInt16LE(field) !== 1) continue;
		let value = field + 4;
		for (const name of ['whole', 'packed', 'at'] as const) {
			if (short[name] !== ELSEWHERE) continue;
			short[name] = Number(bytes.readBigUInt64LE(value));
			value += 8;
		}
	}
	return { method: bytes.readUInt16LE(entry + 10), packed: short.packed, at: short.at };
}

/** The part's bytes, slice by slice. @throws BrokenArchive */
export async function* inflated(bytes: Buffer, part: Part): AsyncGenerator<Buffer> {
	if (part.at + 30 > bytes.length || bytes.readUInt32LE(part.at) !== LOCAL) throw new BrokenArchive('no part where one was announced');
	const from = part.at + 30 + bytes.readUInt16LE(part.at + 26) + bytes.readUInt16LE(part.at + 28);
	const packed = bytes.subarray(from, from + part.packed);
	if (part.method === STORED) {
		for (let at = 0; at < packed.length; at += SLICE) yield packed.subarray(at, at + SLICE);
		return;
	}
	if (part.method !== DEFLATED) throw new BrokenArchive(`method ${part.method}`);
	const inflate = createInflateRaw({ chunkSize: SLICE });
	inflate.end(packed);
	try {
		for await (const slice of inflate) yield slice as Buffer;
	} catch (cause) {
		throw new BrokenArchive('cannot be inflated', { cause });
	}
}
