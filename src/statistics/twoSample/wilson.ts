import { normalQuantile } from '../distributions/normal.ts';

/**
 * Interval of a share by Wilson's score (Wilson 1927, JASA 22): never below 0 or above 1, and honest about few cases,
 * also where none or all of them count.
 * @returns null without cases
 */
export function wilson(count: number, of: number, level = 0.95): [low: number, high: number] | null {
	if (of <= 0) return null;
	const z = normalQuantile(1 - (1 - level) / 2);
	const share = count / of;
	const middle = share + (z * z) / (2 * of);
	const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
	const whole = 1 + (z * z) / of;
	// at the ends the root leaves a rounding error where the answer is exact
	return [count === 0 ? 0 : Math.max(0, (middle - half) / whole), count === of ? 1 : Math.min(1, (middle + half) / whole)];
}
