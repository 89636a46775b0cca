import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Clusters } from './clusters.ts';
import { direction, dot, influenceRows } from './ols.ts';
import type { Fit } from './ols.ts';
import { robustSe } from './robust.ts';

/** CR1: G/(G−1). CR1S: also (N−1)/(N−K), as Stata. */
export type ClusterFactor = 'CR1' | 'CR1S';

/** Cluster-robust standard error (Liang & Zeger 1986) with a small-sample factor. */
export function clusteredSe(fit: Fit, position: number, clusters: Clusters, kind: ClusterFactor = 'CR1'): number {
	const rows = influenceRows(fit, direction(fit, position));
	const scores = new Float64Array(clusters.count);
	for (let i = 0; i < fit.n; i++) scores[clusters.of[i]!] = scores[clusters.of[i]!]! + rows[i]! * fit.residuals[i]!;
	const factor = clusters.count / (clusters.count - 1);
	return Math.sqrt(dot(scores, scores) * (kind === 'CR1' ? factor : (factor * (fit.n - 1)) / fit.df));
}

/** Two-way clustering (Cameron, Gelbach & Miller 2011), CR1S in each direction less HC1 of their intersection of single rows. */
export function twoWayClusteredSe(fit: Fit, position: number, first: Clusters, second: Clusters): number {
	const both =
		clusteredSe(fit, position, first, 'CR1S') ** 2 + clusteredSe(fit, position, second, 'CR1S') ** 2 - robustSe(fit, position, 'HC1') ** 2;
	return Math.sqrt(Math.max(0, both));
}

export interface CorrectedClusterSe {
	se: number;
	/** Satterthwaite degrees of freedom; small when one cluster carries most of the contrast. */
	df: number;
}

/** Below this an eigenvalue of I − H_gg is zero: the cluster is fitted exactly (absorbed fixed effects). */
const EXACT = 1e-10;

/**
 * CR2 (bias-reduced linearisation, Bell & McCaffrey 2002) with Satterthwaite degrees of freedom
 * (Pustejovsky & Tipton 2018), working model: independent errors (in the √w-scaled rows).
 *
 * A_g = (I − Q_gQ_g′)^−½ acts inside the span of Q_g, so the smaller of the two Gram matrices is enough:
 * k × k for large clusters, n_g × n_g for small ones. p_g′p_h = [g=h] a_g′a_g − b_g′b_h with a_g = A_gQ_gc, b_g = Q_g′a_g.
 */
export function cr2(fit: Fit, position: number, clusters: Clusters): CorrectedClusterSe {
	const c = direction(fit, position);
	const k = fit.k;
	const outer = new Float64Array(k * k);
	let variance = 0;
	let trace = 0;
	let crossSquares = 0;
	for (const members of clusters.members) {
		const part = members.length > k ? largeCluster(fit, c, members) : smallCluster(fit, c, members);
		variance += part.score ** 2;
		const own = dot(part.b, part.b);
		const diagonal = part.lengthSquared - own;
		trace += diagonal;
		crossSquares += diagonal ** 2 - own ** 2;
		for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) outer[i * k + j] = outer[i * k + j]! + part.b[i]! * part.b[j]!;
	}
	return { se: Math.sqrt(variance), df: trace ** 2 / (crossSquares + dot(outer, outer)) };
}

interface ClusterPart {
	/** a_g′e_g */
	score: number;
	/** a_g′a_g */
	lengthSquared: number;
	/** Q_g′a_g */
	b: Float64Array;
}

function largeCluster(fit: Fit, c: Float64Array, members: number[]): ClusterPart {
	const k = fit.k;
	const gram = new Matrix(k, k);
	const residualScore = new Float64Array(k);
	for (let i = 0; i < k; i++) {
		const qi = fit.q[i]!;
		let score = 0;
		for (const row of members) score += qi[row]! * fit.residuals[row]!;
		residualScore[i] = score;
		for (let j = i; j < k; j++) {
			const qj = fit.q[j]!;
			let sum = 0;
			for (const row of members) sum += qi[row]! * qj[row]!;
			gram.set(i, j, sum);
			gram.set(j, i, sum);
		}
	}
	const d = inverseRootTimes(gram, c);
	const b = new Float64Array(k);
	for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) b[i] = b[i]! + gram.get(i, j) * d[j]!;
	return { score: dot(d, residualScore), lengthSquared: dot(d, b), b };
}

function smallCluster(fit: Fit, c: Float64Array, members: number[]): ClusterPart {
	const size = members.length;
	const gram = new Matrix(size, size);
	const direct = new Float64Array(size);
	for (const [j, column] of fit.q.entries()) {
		for (let p = 0; p < size; p++) {
			const v = column[members[p]!]!;
			if (v === 0) continue;
			direct[p] = direct[p]! + v * c[j]!;
			for (let s = 0; s < size; s++) gram.set(p, s, gram.get(p, s) + v * column[members[s]!]!);
		}
	}
	const a = inverseRootTimes(gram, direct);
	const b = new Float64Array(fit.k);
	fit.q.forEach((column, j) => {
		let sum = 0;
		for (let p = 0; p < size; p++) sum += column[members[p]!]! * a[p]!;
		b[j] = sum;
	});
	let score = 0;
	for (let p = 0; p < size; p++) score += a[p]! * fit.residuals[members[p]!]!;
	return { score, lengthSquared: dot(a, a), b };
}

/** (I − S)^−½ v for symmetric S with eigenvalues in [0, 1], by pseudo-inverse where I − S is singular. */
function inverseRootTimes(gram: Matrix, v: Float64Array): Float64Array {
	const size = v.length;
	const eigen = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
	const vectors = eigen.eigenvectorMatrix;
	const result = new Float64Array(size);
	for (let e = 0; e < size; e++) {
		const slack = 1 - eigen.realEigenvalues[e]!;
		if (slack < EXACT) continue;
		let weight = 0;
		for (let i = 0; i < size; i++) weight += vectors.get(i, e) * v[i]!;
		weight /= Math.sqrt(slack);
		for (let i = 0; i < size; i++) result[i] = result[i]! + weight * vectors.get(i, e);
	}
	return result;
}
