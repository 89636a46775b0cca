import { mean } from '../describe.ts';
import { ols } from './ols.ts';
import type { Column, Fit } from './ols.ts';

/**
 * Lin (2013): treatment, covariates centred on the whole sample, and their products. The coefficient of `treat` is then
 * the average effect in the sample and adjustment cannot hurt asymptotically. Needs about 20 persons an arm to be worth it.
 */
export function lin(outcome: Float64Array, treat: Column, covariates: readonly Column[], weights?: Float64Array): Fit {
	const centred = covariates.map((column) => {
		const centre = mean(column.values);
		return { name: column.name, values: column.values.map((v) => v - centre) };
	});
	const products = centred.map((column) => ({
		name: `${treat.name}*${column.name}`,
		values: column.values.map((v, i) => v * treat.values[i]!)
	}));
	return ols({ outcome, columns: [treat, ...centred, ...products], ...(weights && { weights }) });
}
