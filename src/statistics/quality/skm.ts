/** Index of public satisfaction (SKM, PermenPANRB 14/2017): 25 × the mean of nine element means on a 1–4 scale. */
export function skmIndex(elementMeans: readonly number[]): { index: number; category: 'A' | 'B' | 'C' | 'D' } {
	const mean = elementMeans.reduce((sum, v) => sum + v, 0) / elementMeans.length;
	const index = Math.round(25 * mean * 100 + 1e-9) / 100;
	return { index, category: index >= 88.31 ? 'A' : index >= 76.61 ? 'B' : index >= 65 ? 'C' : 'D' };
}
