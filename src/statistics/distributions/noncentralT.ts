import { normalCdf } from './normal.ts';
import { logGamma } from './special.ts';

/**
 * P(T ≤ t) for a noncentral t with df degrees of freedom and noncentrality ncp.
 *
 * T = (Z + ncp)/S with S = sqrt(χ²/df), so the probability is ∫ Φ(t·s − ncp) f(s) ds. The density of S is
 * smooth with a single peak near 1, so Gauss–Legendre panels over the part that carries weight reach about
 * 1e-12 absolute for any df ≥ 1 and any ncp, where the series of AS 243 loses digits for |ncp| > 37.
 */
export function noncentralTCdf(t: number, df: number, ncp: number): number {
	const halfWidth = 9 / Math.sqrt(2 * df);
	const low = Math.max(0, 1 - halfWidth * (df < 20 ? 1.5 : 1.1));
	const high = 1 + halfWidth * 1.6;
	const logScale = Math.log(2) + 0.5 * df * Math.log(0.5 * df) - logGamma(0.5 * df);
	const at = (s: number) => (s <= 0 ? 0 : Math.exp(logScale + (df - 1) * Math.log(s) - 0.5 * df * s * s) * normalCdf(t * s - ncp));
	// Φ(t·s − ncp) turns from 0 to 1 within a few 1/|t| of s = ncp/t: that stretch gets panels of its own.
	const turn = t === 0 ? low : ncp / t;
	const reach = t === 0 ? 0 : 8 / Math.abs(t);
	const cuts = [low, ...[turn - reach, turn, turn + reach].filter((s) => s > low && s < high), high];
	let total = 0;
	for (let c = 1; c < cuts.length; c++) {
		const a = cuts[c - 1]!;
		const panels = 24;
		const step = (cuts[c]! - a) / panels;
		for (let i = 0; i < panels; i++) total += panel(at, a + i * step, a + (i + 1) * step);
	}
	return Math.min(1, Math.max(0, total));
}

const NODES = [0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
const WEIGHTS = [0.2955242247147529, 0.2692667193099963, 0.2190863625159821, 0.1494513491505806, 0.06667134430868814];

function panel(f: (x: number) => number, a: number, b: number): number {
	const centre = 0.5 * (a + b);
	const half = 0.5 * (b - a);
	let sum = 0;
	for (let i = 0; i < 5; i++) sum += WEIGHTS[i]! * (f(centre - half * NODES[i]!) + f(centre + half * NODES[i]!));
	return sum * half;
}

/** The noncentrality that puts P(T ≤ t) at `probability`: the pivot of exact intervals for a standardised difference. */
export function noncentralityAt(t: number, df: number, probability: number): number {
	// The probability falls as the noncentrality grows.
	let low = t - 5;
	let high = t + 5;
	let width = 5;
	while (noncentralTCdf(t, df, low) < probability) low -= width *= 2;
	width = 5;
	while (noncentralTCdf(t, df, high) > probability) high += width *= 2;
	for (let i = 0; i < 200 && high - low > 1e-13 * Math.max(1, Math.abs(low)); i++) {
		const middle = 0.5 * (low + high);
		if (noncentralTCdf(t, df, middle) > probability) low = middle;
		else high = middle;
	}
	return 0.5 * (low + high);
}

/** Power of a two-sided t test at critical value `critical` when the noncentrality is ncp. */
export function twoSidedTPower(critical: number, df: number, ncp: number): number {
	return 1 - noncentralTCdf(critical, df, ncp) + noncentralTCdf(-critical, df, ncp);
}
