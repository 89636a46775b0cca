import { StatisticsFailure } from '../failure.ts';
import type { Clusters } from './clusters.ts';
import type { Column } from './ols.ts';

export interface MixedModel {
	/** Intercept first. */
	names: string[];
	estimates: number[];
	se: number[];
	varGroup: number;
	varSlope: number | null;
	cov: number | null;
	varResidual: number;
	/** Share of the residual variance that lies between groups, at slope 0. */
	icc: number;
	/** −2 × the restricted log likelihood at its maximum. */
	reml: number;
}

/** Cross-products of one group: everything the likelihood needs, whatever the number of rows. */
interface GroupProducts {
	zz: number[][];
	zx: number[][];
	zy: number[];
}

/**
 * Linear mixed model by REML with a random intercept, or intercept and slope with free covariance, of one grouping.
 * The likelihood is profiled over the relative Cholesky factor as in Bates et al. (2015, JSS 67(1)); the profile is
 * minimised by Nelder–Mead from several starts.
 */
export function mixedModel(outcome: Float64Array, fixed: readonly Column[], groups: Clusters, slope: Column | null): MixedModel {
	const n = outcome.length;
	const x = [new Float64Array(n).fill(1), ...fixed.map((c) => c.values)];
	const z = [new Float64Array(n).fill(1), ...(slope ? [slope.values] : [])];
	const p = x.length;
	if (n <= p + 1) throw new StatisticsFailure('TOO_FEW_ROWS', 'too few rows for a mixed model');
	const cross = (rows: readonly number[], a: Float64Array, b: Float64Array) => rows.reduce((sum, i) => sum + a[i]! * b[i]!, 0);
	const everyRow = Array.from({ length: n }, (_, i) => i);
	const xx = x.map((a) => x.map((b) => cross(everyRow, a, b)));
	const xy = x.map((a) => cross(everyRow, a, outcome));
	const yy = cross(everyRow, outcome, outcome);
	const products: GroupProducts[] = groups.members.map((rows) => ({
		zz: z.map((a) => z.map((b) => cross(rows, a, b))),
		zx: z.map((a) => x.map((b) => cross(rows, a, b))),
		zy: z.map((a) => cross(rows, a, outcome))
	}));

	const evaluate = (theta: readonly number[]) => {
		const lambda = slope
			? [
					[theta[0]!, 0],
					[theta[1]!, theta[2]!]
				]
			: [[theta[0]!]];
		const gram = xx.map((row) => [...row]);
		const side = [...xy];
		let square = yy;
		let logDet = 0;
		for (const g of products) {
			const m = transposeTimes(lambda, times(g.zz, lambda)).map((row, i) => row.map((v, j) => v + (i === j ? 1 : 0)));
			const chol = cholesky(m);
			for (let i = 0; i < chol.length; i++) logDet += 2 * Math.log(chol[i]![i]!);
			const ax = forward(chol, transposeTimes(lambda, g.zx));
			const ay = forward(
				chol,
				transposeTimes(
					lambda,
					g.zy.map((v) => [v])
				)
			);
			for (let a = 0; a < p; a++) {
				for (let b = 0; b < p; b++) for (let i = 0; i < ax.length; i++) gram[a]![b]! -= ax[i]![a]! * ax[i]![b]!;
				for (let i = 0; i < ax.length; i++) side[a]! -= ax[i]![a]! * ay[i]![0]!;
			}
			for (const row of ay) square -= row[0]! ** 2;
		}
		const chol = cholesky(gram);
		const half = forward(
			chol,
			side.map((v) => [v])
		).map((row) => row[0]!);
		const rss = square - half.reduce((sum, v) => sum + v * v, 0);
		let logGram = 0;
		for (let i = 0; i < p; i++) logGram += 2 * Math.log(chol[i]![i]!);
		const df = n - p;
		return { deviance: logDet + logGram + df * (1 + Math.log((2 * Math.PI * rss) / df)), chol, half, rss };
	};
	const objective = (theta: readonly number[]) => {
		const { deviance } = evaluate(theta);
		return Number.isFinite(deviance) ? deviance : Infinity;
	};
	let theta = minimise(objective, slope ? [1, 0, 1] : [1], 0.5);
	for (let restart = 0; restart < 6; restart++) theta = minimise(objective, theta, 0.1 / (1 + restart));

	const best = evaluate(theta);
	const varResidual = best.rss / (n - p);
	const inverse = identity(p).map((unit) =>
		backward(
			best.chol,
			forward(
				best.chol,
				unit.map((v) => [v])
			).map((row) => row[0]!)
		)
	);
	const estimates = backward(best.chol, best.half);
	const varGroup = varResidual * theta[0]! ** 2;
	return {
		names: ['(intercept)', ...fixed.map((c) => c.name)],
		estimates,
		se: inverse.map((column, j) => Math.sqrt(varResidual * column[j]!)),
		varGroup,
		varSlope: slope ? varResidual * (theta[1]! ** 2 + theta[2]! ** 2) : null,
		cov: slope ? varResidual * theta[0]! * theta[1]! : null,
		varResidual,
		icc: varGroup / (varGroup + varResidual),
		reml: best.deviance
	};
}

function times(a: number[][], b: number[][]): number[][] {
	return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, v, i) => sum + v * b[i]![j]!, 0)));
}

function transposeTimes(a: number[][], b: number[][]): number[][] {
	return a[0]!.map((_, i) => b[0]!.map((__, j) => a.reduce((sum, row, r) => sum + row[i]! * b[r]![j]!, 0)));
}

function cholesky(m: number[][]): number[][] {
	const size = m.length;
	const l = m.map(() => new Array<number>(size).fill(0));
	for (let i = 0; i < size; i++)
		for (let j = 0; j <= i; j++) {
			let sum = m[i]![j]!;
			for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!;
			l[i]![j] = i === j ? Math.sqrt(sum) : sum / l[j]![j]!;
		}
	return l;
}

/** L⁻¹ B. */
function forward(l: number[][], b: number[][]): number[][] {
	const result: number[][] = [];
	for (let i = 0; i < l.length; i++)
		result.push(
			b[i]!.map((v, c) => {
				let sum = v;
				for (let k = 0; k < i; k++) sum -= l[i]![k]! * result[k]![c]!;
				return sum / l[i]![i]!;
			})
		);
	return result;
}

/** L⁻ᵀ b. */
function backward(l: number[][], b: readonly number[]): number[] {
	const x = [...b];
	for (let i = l.length - 1; i >= 0; i--) {
		for (let k = i + 1; k < l.length; k++) x[i]! -= l[k]![i]! * x[k]!;
		x[i]! /= l[i]![i]!;
	}
	return x;
}

function identity(size: number): number[][] {
	return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
}

/** Nelder & Mead (1965). */
function minimise(f: (x: readonly number[]) => number, start: readonly number[], spread: number): number[] {
	const size = start.length;
	let simplex = [start, ...start.map((_, i) => start.map((v, j) => (i === j ? v + spread : v)))].map((x) => ({ x: [...x], value: f(x) }));
	for (let iteration = 0; iteration < 2000; iteration++) {
		simplex.sort((a, b) => a.value - b.value);
		const worst = simplex[size]!;
		const best = simplex[0]!;
		if (Math.max(...simplex.map((s) => Math.max(...s.x.map((v, i) => Math.abs(v - best.x[i]!))))) < 1e-12) break;
		const centre = start.map((_, i) => simplex.slice(0, size).reduce((sum, s) => sum + s.x[i]! / size, 0));
		const along = (t: number) => {
			const x = centre.map((c, i) => c + t * (worst.x[i]! - c));
			return { x, value: f(x) };
		};
		const reflected = along(-1);
		if (reflected.value < best.value) {
			const expanded = along(-2);
			simplex[size] = expanded.value < reflected.value ? expanded : reflected;
		} else if (reflected.value < simplex[size - 1]!.value) simplex[size] = reflected;
		else {
			const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
			if (contracted.value < Math.min(worst.value, reflected.value)) simplex[size] = contracted;
			else
				simplex = simplex
					.map((s) => (s === best ? s : { x: s.x.map((v, i) => (v + best.x[i]!) / 2), value: 0 }))
					.map((s) => (s === best ? s : { ...s, value: f(s.x) }));
		}
	}
	return simplex.sort((a, b) => a.value - b.value)[0]!.x;
}
