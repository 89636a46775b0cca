import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applicantList, applicantsHash, drawLots, newSeed, seedHash } from './draw.ts';

const applicants = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 });
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));

test('the order in which people applied changes nothing', () => {
	fc.assert(
		fc.property(seeds, applicants, fc.nat(70), fc.infiniteStream(fc.nat()), (seed, ids, seats, keys) => {
			const shuffled = ids.map((id) => ({ id, key: keys.next().value! })).sort((a, b) => a.key - b.key);
			expect(
				drawLots(
					seed,
					shuffled.map(({ id }) => id),
					seats
				)
			).toEqual(drawLots(seed, ids, seats));
			expect(applicantsHash([...ids].reverse())).toBe(applicantsHash(ids));
		})
	);
});

test('everybody is drawn exactly once, also somebody named twice, and no seat is given twice or left while people wait', () => {
	fc.assert(
		fc.property(seeds, applicants, fc.nat(70), (seed, ids, seats) => {
			const lots = drawLots(seed, [...ids, ...ids.slice(0, 3)], seats);
			expect(lots.map((lot) => lot.officerId).sort()).toEqual([...ids].sort());
			expect(lots.map((lot) => lot.position)).toEqual(ids.map((_, index) => index + 1));
			expect(lots.filter((lot) => lot.arm === 'programme')).toHaveLength(Math.min(seats, ids.length));
			expect(lots.every((lot) => (lot.arm === 'programme') === lot.position <= seats)).toBe(true);
		})
	);
});

test('more seats move nobody out: the first drawn stay the first', () => {
	fc.assert(
		fc.property(seeds, applicants, fc.integer({ min: 1, max: 30 }), (seed, ids, seats) => {
			const seated = (n: number) =>
				drawLots(seed, ids, n)
					.filter((lot) => lot.arm === 'programme')
					.map((lot) => lot.officerId);
			expect(seated(seats + 1).slice(0, seats)).toEqual(seated(seats).slice(0, seats));
		})
	);
});

test('each applicant is seated about as often as any other', () => {
	const ids = Array.from({ length: 8 }, (_, index) => `officer-${index}`);
	const seated = new Map<string, number>();
	for (let round = 0; round < 4000; round++)
		for (const lot of drawLots(createHash('sha256').update(String(round)).digest('hex'), ids, 3))
			if (lot.arm === 'programme') seated.set(lot.officerId, (seated.get(lot.officerId) ?? 0) + 1);
	// 1500 expected each, standard deviation 31
	for (const count of seated.values()) expect(Math.abs(count - 1500)).toBeLessThan(150);
});

test('anybody with a shell recomputes seed hash and lots', () => {
	const seed = newSeed();
	const ids = ['b', 'c', 'a'].map((letter) => `0190b3c1-0000-7000-8000-00000000000${letter}`);
	const script = `printf %s "$SEED" | sha256sum | cut -d' ' -f1
		printf '%s' "$LIST" | while read -r id; do echo "$(printf %s "$id" | openssl dgst -sha256 -hmac "$SEED" -r | cut -d' ' -f1) $id"; done | sort | cut -d' ' -f2`;
	const [hash, ...order] = execFileSync('sh', ['-c', script], {
		env: { ...process.env, SEED: seed, LIST: applicantList(ids) },
		encoding: 'utf8'
	})
		.trim()
		.split('\n');
	expect(hash).toBe(seedHash(seed));
	expect(order).toEqual(drawLots(seed, ids, 1).map((lot) => lot.officerId));
});
