import { cholesky } from './cholesky.ts';
import { expectation, itemCurvature, type Line, type MarginalModel, type Patterns } from './marginalLikelihood.ts';

/**
 * Standard errors of slopes and intercepts from the observed information. The score of the marginal likelihood equals
 * that of the expected complete data at the same parameters (Louis 1982); its central differences give the
 * information. Costs two passes over the patterns for each parameter. Null where the information is singular.
 */
export function marginalStandardErrors(
	patterns: Patterns,
	line: Line,
	model: MarginalModel
): { a: (number | null)[]; d: (number | null)[] } {
	const items = patterns.items;
	const none = new Array<number | null>(items).fill(null);
	const slopes = model === '2PL' ? items : model === '1PL' ? 1 : 0;
	const parameters = slopes + items;
	const step = 1e-4;
	const information = Array.from({ length: parameters }, () => new Float64Array(parameters));
	for (let p = 0; p < parameters; p++) {
		const up = score(patterns, shifted(line, slopes, p, step), slopes);
		const down = score(patterns, shifted(line, slopes, p, -step), slopes);
		for (let r = 0; r < parameters; r++) information[r]![p] = -(up[r]! - down[r]!) / (2 * step);
	}
	const covariance = cholesky(information.map((row, r) => row.map((value, p) => (value + information[p]![r]!) / 2)))?.inverse();
	if (!covariance) return { a: none, d: none };
	const error = (p: number): number | null => {
		const value = Math.sqrt(covariance[p]![p]!);
		return Number.isFinite(value) ? value : null;
	};
	return {
		a: none.map((_, item) => (slopes === 0 ? 0 : error(slopes === 1 ? 0 : item))),
		d: none.map((_, item) => error(slopes + item))
	};
}

function shifted(line: Line, slopes: number, parameter: number, step: number): Line {
	const next = { a: line.a.slice(), d: line.d.slice() };
	if (parameter >= slopes) next.d[parameter - slopes]! += step;
	else if (slopes > 1) next.a[parameter]! += step;
	else next.a.forEach((_, item) => (next.a[item]! += step));
	return next;
}

function score(patterns: Patterns, line: Line, slopes: number): Float64Array {
	const expected = expectation(patterns, line);
	const result = new Float64Array(slopes + patterns.items);
	for (let item = 0; item < patterns.items; item++) {
		const { scoreA, scoreD } = itemCurvature(expected, patterns.rightTotal[item]!, item, line.a[item]!, line.d[item]!);
		result[slopes + item] = scoreD;
		if (slopes > 1) result[item] = scoreA;
		else if (slopes === 1) result[0]! += scoreA;
	}
	return result;
}
