import type { Scores } from './responses.ts';

/** Why an item has no difficulty: everybody who counts had it right, or wrong. */
export type ExclusionReason = 'ALL_RIGHT' | 'ALL_WRONG' | 'NO_ANSWERS';

export interface ExcludedItem {
	item: number;
	reason: ExclusionReason;
}

/** Columns with both right and wrong answers, and the others with the reason. Missing answers do not count. */
export function splitByVariance(scores: Scores, items: number): { usable: number[]; excluded: ExcludedItem[] } {
	const usable: number[] = [];
	const excluded: ExcludedItem[] = [];
	for (let item = 0; item < items; item++) {
		const reason = noVariance(scores, item);
		if (reason) excluded.push({ item, reason });
		else usable.push(item);
	}
	return { usable, excluded };
}

function noVariance(scores: Scores, item: number): ExclusionReason | null {
	let right = 0;
	let wrong = 0;
	for (const row of scores)
		if (row[item] === 1) right++;
		else if (row[item] === 0) wrong++;
	if (right > 0 && wrong > 0) return null;
	if (right > 0) return 'ALL_RIGHT';
	return wrong > 0 ? 'ALL_WRONG' : 'NO_ANSWERS';
}

/**
 * True when finite Rasch difficulties exist: however the items are split in two, somebody was right in the one part
 * and wrong in the other (Fischer 1981), that is, the graph "i right, j wrong" is strongly connected.
 */
export function isWellConditioned(scores: Scores, usable: readonly number[]): boolean {
	const beats = usable.map(() => new Uint8Array(usable.length));
	for (const row of scores) {
		const right = usable.flatMap((item, at) => (row[item] === 1 ? [at] : []));
		const wrong = usable.flatMap((item, at) => (row[item] === 0 ? [at] : []));
		for (const i of right) for (const j of wrong) beats[i]![j] = 1;
	}
	const reaches = (edge: (from: number, to: number) => boolean): boolean => {
		const seen = new Set([0]);
		const queue = [0];
		while (queue.length > 0) {
			const from = queue.pop()!;
			for (let to = 0; to < usable.length; to++)
				if (!seen.has(to) && edge(from, to)) {
					seen.add(to);
					queue.push(to);
				}
		}
		return seen.size === usable.length;
	};
	return reaches((i, j) => beats[i]![j] === 1) && reaches((i, j) => beats[j]![i] === 1);
}
