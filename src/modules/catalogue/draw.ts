/**
 * The draw, pure: who gets a seat follows from the seed and the applicants alone, so anybody can do it again.
 *
 * Each applicant's lot is HMAC-SHA256 with the seed (its 64 hex characters as text) as key over the officer's id; lots
 * are put in ascending order, the first `seats` get one. The seed is made when the class opens and its SHA-256 is
 * published at once: nobody can choose a seed after seeing who applied. The same with standard tools, for a file with
 * one id a line: `while read -r id; do printf '%s' "$id" | openssl dgst -sha256 -hmac "$SEED"; done`
 * (commitment by hash: Blum 1981; HMAC: RFC 2104).
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Arm } from './rules.ts';

export interface Lot {
	officerId: string;
	/** From 1. */
	position: number;
	arm: Arm;
}

export const newSeed = (): string => randomBytes(32).toString('hex');

/** Published while applications are open; the seed itself follows at the draw. */
export const seedHash = (seed: string): string => createHash('sha256').update(seed).digest('hex');

/** The list everybody sees the hash of: ids in ascending order, each with a line end. */
export const applicantList = (officerIds: readonly string[]): string =>
	[...new Set(officerIds)]
		.sort()
		.map((id) => `${id}\n`)
		.join('');

export const applicantsHash = (officerIds: readonly string[]): string =>
	createHash('sha256').update(applicantList(officerIds)).digest('hex');

export const lotOf = (seed: string, officerId: string): string => createHmac('sha256', seed).update(officerId).digest('hex');

/** Everybody once, in the order of the lots; the first `seats` are the programme, the rest the comparison. */
export function drawLots(seed: string, officerIds: readonly string[], seats: number): Lot[] {
	return [...new Set(officerIds)]
		.map((officerId) => ({ officerId, lot: lotOf(seed, officerId) }))
		.sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : a.officerId < b.officerId ? -1 : 1))
		.map(({ officerId }, index) => ({ officerId, position: index + 1, arm: index < seats ? 'programme' : 'comparison' }));
}
