import { mean } from '../describe.ts';
import type { Clusters } from './clusters.ts';

/**
 * Intraclass correlation from a one-way analysis of variance: (MSB − MSW)/(MSB + (n₀ − 1)MSW), n₀ the adjusted mean
 * cluster size (Donner 1986). Negative estimates, which chance produces, are returned as 0.
 */
export function anovaIcc(values: ArrayLike<number>, clusters: Clusters): number {
	const n = values.length;
	const grand = mean(values);
	let between = 0;
	let inside = 0;
	let squares = 0;
	for (const members of clusters.members) {
		const centre = mean(members.map((row) => values[row]!));
		between += members.length * (centre - grand) ** 2;
		for (const row of members) inside += (values[row]! - centre) ** 2;
		squares += members.length ** 2;
	}
	const groups = clusters.count;
	if (n <= groups || inside + between === 0) return 0;
	const msb = between / (groups - 1);
	const msw = inside / (n - groups);
	const size = (n - squares / n) / (groups - 1);
	return Math.min(1, Math.max(0, (msb - msw) / (msb + (size - 1) * msw)));
}
