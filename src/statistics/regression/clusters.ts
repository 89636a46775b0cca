import { StatisticsFailure } from '../failure.ts';

/** Rows grouped by cluster: `of[i]` is the cluster number of row i, `members[g]` its rows. */
export interface Clusters {
	count: number;
	of: Int32Array;
	members: number[][];
	labels: string[];
}

export function clustersFrom(labels: readonly (string | number)[]): Clusters {
	const numbers = new Map<string, number>();
	const members: number[][] = [];
	const of = new Int32Array(labels.length);
	labels.forEach((label, i) => {
		const key = String(label);
		let g = numbers.get(key);
		if (g === undefined) {
			g = members.length;
			numbers.set(key, g);
			members.push([]);
		}
		of[i] = g;
		members[g]!.push(i);
	});
	if (members.length < 2) throw new StatisticsFailure('TOO_FEW_ROWS', 'clustered variance needs at least two clusters');
	return { count: members.length, of, members, labels: [...numbers.keys()] };
}
