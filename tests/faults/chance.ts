/** Random moments that can be had again: the seed is printed, and `SIGINJAI_SEED` takes it. */
export interface Chance {
	seed: number;
	/** Between the two, evenly. */
	between(from: number, to: number): number;
	pick<T>(list: readonly T[]): T;
}

export function chance(name: string): Chance {
	const seed = Number(process.env.SIGINJAI_SEED ?? Date.now() % 1_000_000_007);
	console.log(`${name}: SIGINJAI_SEED=${seed}`);
	let state = seed >>> 0;
	// mulberry32
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	const between = (from: number, to: number) => from + next() * (to - from);
	return { seed, between, pick: (list) => list[Math.floor(next() * list.length)]! };
}

/** How often a fault test kills: a few times in `npm test`, a hundred in `npm run test:long`. */
export const KILLS = process.env.SIGINJAI_LONG === '1' ? 100 : 5;

export const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Asks again until it is so. @throws Error after the seconds, with what was seen last */
export async function until<T>(what: string, seconds: number, look: () => Promise<T>, ready: (seen: T) => boolean): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const seen = await look();
		if (ready(seen)) return seen;
		if (Date.now() > end) throw new Error(`${what}: not so after ${seconds} s, but ${JSON.stringify(seen)}`);
		await sleep(100);
	}
}
