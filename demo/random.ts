/** A seeded stream (mulberry32), so that the demo province is the same on every machine. Not for anything secret. */
export interface Random {
	/** In [0, 1). */
	next(): number;
	/** Whole number from `from` to `to`, both included. */
	between(from: number, to: number): number;
	pick<T>(items: readonly T[]): T;
	/** Normal with mean 0 and deviation 1 (Box–Muller). */
	normal(): number;
}

export function seeded(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
	return {
		next,
		between,
		pick: (items) => items[between(0, items.length - 1)]!,
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
	};
}
