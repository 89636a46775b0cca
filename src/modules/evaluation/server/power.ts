import { twoArmMde } from '#statistics';

/**
 * Smallest effect the design can detect with 80 % power at 5 %: (t₀.₉₇₅ + t₀.₈₀)·σ·√((1−ρ²)(1/n₁+1/n₀)).
 * @param sd spread of the outcome; the answer is in its units
 * @param correlation of the outcome before and after
 * @returns undefined when an arm has under two persons
 */
export function detectable(sd: number, correlation: number, programme: number, comparison: number): number | undefined {
	if (programme < 2 || comparison < 2 || sd <= 0) return undefined;
	return twoArmMde(sd, correlation, programme, comparison);
}
