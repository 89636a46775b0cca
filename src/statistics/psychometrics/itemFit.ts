import { checkDichotomous, type CompleteScores } from './responses.ts';

export interface ItemFit {
	/** Mean square of the residuals weighted by their information: sensitive near the item's own difficulty. */
	infit: number | null;
	/** Plain mean of the squared standardised residuals: sensitive to lucky guesses and slips far away. */
	outfit: number | null;
	/** Either mean square outside 0.7 … 1.3. */
	misfit: boolean;
}

/**
 * Fit of each item to the Rasch model (Wright & Masters 1982) from complete 0/1 rows and difficulties in logits (null
 * = excluded). Ability is the maximum likelihood estimate for each raw score; persons with all right or all wrong have
 * none and are left out.
 */
export function raschItemFit(scores: CompleteScores, difficulty: readonly (number | null)[]): ItemFit[] {
	checkDichotomous(scores);
	const known = difficulty.flatMap((b, item) => (b === null ? [] : [item]));
	const b = known.map((item) => difficulty[item]!);
	const abilities = rawScoreAbilities(b);
	const squared = known.map(() => ({ residual: 0, information: 0, standardised: 0 }));
	let persons = 0;
	for (const row of scores) {
		const ability = abilities[known.reduce((sum, item) => sum + row[item]!, 0)];
		if (ability === null || ability === undefined) continue;
		persons++;
		known.forEach((item, at) => {
			const p = 1 / (1 + Math.exp(b[at]! - ability));
			const residual = (row[item]! - p) ** 2;
			squared[at]!.residual += residual;
			squared[at]!.information += p * (1 - p);
			squared[at]!.standardised += residual / (p * (1 - p));
		});
	}
	const fits = difficulty.map<ItemFit>(() => ({ infit: null, outfit: null, misfit: false }));
	if (persons === 0) return fits;
	known.forEach((item, at) => {
		const infit = squared[at]!.residual / squared[at]!.information;
		const outfit = squared[at]!.standardised / persons;
		fits[item] = { infit, outfit, misfit: [infit, outfit].some((value) => value < 0.7 || value > 1.3) };
	});
	return fits;
}

/** Maximum likelihood ability for each raw score 0 … items in logits; null at both ends, where it is infinite. */
export function rawScoreAbilities(difficulty: readonly number[]): (number | null)[] {
	const lowest = Math.min(...difficulty);
	const highest = Math.max(...difficulty);
	return Array.from({ length: difficulty.length + 1 }, (_, raw) => {
		if (raw === 0 || raw === difficulty.length) return null;
		// With every item at the same difficulty the answer is exact; the others lie between the two extremes.
		const shift = Math.log(raw / (difficulty.length - raw));
		let low = lowest + shift;
		let high = highest + shift;
		for (let i = 0; i < 200 && high - low > 1e-13 * Math.max(1, Math.abs(low)); i++) {
			const middle = (low + high) / 2;
			if (difficulty.reduce((sum, b) => sum + 1 / (1 + Math.exp(b - middle)), 0) < raw) low = middle;
			else high = middle;
		}
		return (low + high) / 2;
	});
}
