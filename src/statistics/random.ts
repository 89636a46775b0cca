/**
 * Seeded random numbers: the same seed gives the same draws on every machine, so a stored seed reproduces a result.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), state filled from the seed by splitmix32.
 */
export interface Random {
	/** Uniform on [0, 1) with 53 random bits. */
	uniform(): number;
	/** Integer on 0 … n − 1, without modulo bias. */
	below(n: number): number;
	/** Standard normal (Marsaglia's polar method). */
	normal(): number;
	/** Shuffles in place (Fisher–Yates). */
	shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
}

export function seeded(seed: number): Random {
	let mix = seed >>> 0;
	const fill = () => {
		mix = (mix + 0x9e3779b9) | 0;
		let z = mix ^ (mix >>> 16);
		z = Math.imul(z, 0x21f0aaad);
		z ^= z >>> 15;
		z = Math.imul(z, 0x735a2d97);
		return (z ^ (z >>> 15)) >>> 0;
	};
	let a = fill();
	let b = fill();
	let c = fill();
	let counter = 1;
	const next = () => {
		const t = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + t) | 0;
		return t >>> 0;
	};
	for (let i = 0; i < 12; i++) next();

	let spare: number | null = null;
	const uniform = () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
	const below = (n: number) => {
		const limit = 4294967296 - (4294967296 % n);
		let draw = next();
		while (draw >= limit) draw = next();
		return draw % n;
	};
	const normal = () => {
		if (spare !== null) {
			const kept = spare;
			spare = null;
			return kept;
		}
		for (;;) {
			const u = 2 * uniform() - 1;
			const v = 2 * uniform() - 1;
			const s = u * u + v * v;
			if (s === 0 || s >= 1) continue;
			const scale = Math.sqrt((-2 * Math.log(s)) / s);
			spare = v * scale;
			return u * scale;
		}
	};
	return {
		uniform,
		below,
		normal,
		shuffle(items) {
			const list = items as { length: number; [index: number]: unknown };
			for (let i = list.length - 1; i > 0; i--) {
				const j = below(i + 1);
				const held = list[i];
				list[i] = list[j];
				list[j] = held;
			}
			return items;
		}
	};
}
