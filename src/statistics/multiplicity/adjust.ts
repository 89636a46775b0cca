/** Adjusted p values, in the order given. Reject where the adjusted value is at or below α. */

/** Benjamini & Hochberg (1995): controls the false discovery rate under independence or positive dependence. */
export function benjaminiHochberg(p: readonly number[]): number[] {
	const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
	const adjusted = new Array<number>(p.length);
	let smallest = 1;
	order.forEach((at, fromTop) => {
		smallest = Math.min(smallest, (p[at]! * p.length) / (p.length - fromTop));
		adjusted[at] = smallest;
	});
	return adjusted;
}

/** Holm (1979): controls the family-wise error under any dependence. */
export function holm(p: readonly number[]): number[] {
	const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
	const adjusted = new Array<number>(p.length);
	let largest = 0;
	order.forEach((at, rank) => {
		largest = Math.max(largest, Math.min(1, p[at]! * (p.length - rank)));
		adjusted[at] = largest;
	});
	return adjusted;
}

export function bonferroni(p: readonly number[]): number[] {
	return p.map((v) => Math.min(1, v * p.length));
}
