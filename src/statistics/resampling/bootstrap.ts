import { quantile, standardDeviation } from '../describe.ts';
import type { Numbers } from '../describe.ts';
import { seeded } from '../random.ts';

export interface BootstrapInterval {
	se: number;
	/** Percentile interval. */
	ci95: [number, number];
}

/** Difference in means, persons resampled with replacement within each arm (stratified), first minus second. */
export function bootstrapDifference(first: Numbers, second: Numbers, draws: number, seed: number): BootstrapInterval {
	const random = seeded(seed);
	const drawnMean = (values: Numbers) => {
		let sum = 0;
		for (let i = 0; i < values.length; i++) sum += values[random.below(values.length)]!;
		return sum / values.length;
	};
	return summarise(Float64Array.from({ length: draws }, () => drawnMean(first) - drawnMean(second)));
}

/**
 * Difference in means, whole clusters resampled within each arm. A cluster is its sum and its size, so a draw costs one
 * step a cluster. Needs a good number of clusters an arm; below ten use the wild cluster bootstrap.
 */
export function clusterBootstrapDifference(
	first: readonly Numbers[],
	second: readonly Numbers[],
	draws: number,
	seed: number
): BootstrapInterval {
	const random = seeded(seed);
	const totals = (clusters: readonly Numbers[]) =>
		clusters.map((values) => {
			let sum = 0;
			for (let i = 0; i < values.length; i++) sum += values[i]!;
			return { sum, size: values.length };
		});
	const arms = [totals(first), totals(second)] as const;
	const drawnMean = (clusters: readonly { sum: number; size: number }[]) => {
		let sum = 0;
		let size = 0;
		for (let c = 0; c < clusters.length; c++) {
			const drawn = clusters[random.below(clusters.length)]!;
			sum += drawn.sum;
			size += drawn.size;
		}
		return sum / size;
	};
	return summarise(Float64Array.from({ length: draws }, () => drawnMean(arms[0]) - drawnMean(arms[1])));
}

function summarise(replicates: Float64Array): BootstrapInterval {
	return { se: standardDeviation(replicates), ci95: [quantile(replicates, 0.025), quantile(replicates, 0.975)] };
}
