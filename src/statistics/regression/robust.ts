import { direction, influenceRows } from './ols.ts';
import type { Fit } from './ols.ts';

/** Heteroskedasticity-consistent variants (MacKinnon & White 1985). */
export type RobustKind = 'HC0' | 'HC1' | 'HC2' | 'HC3';

/**
 * Robust standard error of one coefficient. HC2 is the headline for randomised persons: without covariates it equals
 * Neyman's conservative variance. A row of leverage 1 is fitted exactly, has residual 0 and adds nothing.
 */
export function robustSe(fit: Fit, position: number, kind: RobustKind = 'HC2'): number {
	const rows = influenceRows(fit, direction(fit, position));
	let sum = 0;
	for (let i = 0; i < fit.n; i++) {
		const slack = 1 - fit.leverage[i]!;
		if (slack < 1e-10) continue;
		const divisor = kind === 'HC2' ? slack : kind === 'HC3' ? slack * slack : 1;
		sum += (rows[i]! * fit.residuals[i]!) ** 2 / divisor;
	}
	return Math.sqrt(kind === 'HC1' ? (sum * fit.n) / fit.df : sum);
}
