import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.ts';
import { StatisticsFailure } from '../failure.ts';

/**
 * Critical |z| at each of `looks` equally spaced looks, two-sided 5%, Lan & DeMets (1983) spending
 * α*(t) = 4 − 4Φ(z₀.₉₈₇₅/√t), which imitates O'Brien & Fleming (1979).
 *
 * The density of the score process among trials not yet stopped is carried from look to look on a fixed grid and
 * integrated by Simpson's rule (Armitage, McPherson & Rowe 1969); bounds agree with multivariate integration to 1e-6.
 */
export function lookBounds(looks: number, alpha = 0.05): number[] {
	if (!Number.isInteger(looks) || looks < 1 || looks > 10)
		throw new StatisticsFailure('BAD_INPUT', 'looks must be a whole number from 1 to 10');
	if (looks === 1) return [normalQuantile(1 - alpha / 2)];
	const spent = (t: number) => 4 - 4 * normalCdf(normalQuantile(1 - alpha / 4) / Math.sqrt(t));
	const bounds = [-normalQuantile(spent(1 / looks) / 2)];
	// Score at look k is a sum of k unit-variance steps; the bound on the score is z·√k.
	let edge = bounds[0]!;
	let nodes = grid(edge);
	let density = nodes.map((x) => normalDensity(x));
	for (let k = 2; k <= looks; k++) {
		const toSpend = spent(k / looks) - spent((k - 1) / looks);
		const weights = simpson(nodes);
		const beyond = (b: number) => {
			let sum = 0;
			for (let i = 0; i < nodes.length; i++) sum += weights[i]! * density[i]! * (normalCdf(nodes[i]! - b) + normalCdf(-b - nodes[i]!));
			return sum;
		};
		let low = 0;
		let high = 8 * Math.sqrt(k);
		for (let i = 0; i < 60; i++) {
			const middle = 0.5 * (low + high);
			if (beyond(middle) > toSpend) low = middle;
			else high = middle;
		}
		edge = 0.5 * (low + high);
		bounds.push(edge / Math.sqrt(k));
		if (k === looks) break;
		const next = grid(edge);
		const carried = next.map((x) => {
			let sum = 0;
			for (let i = 0; i < nodes.length; i++) sum += weights[i]! * density[i]! * normalDensity(x - nodes[i]!);
			return sum;
		});
		nodes = next;
		density = carried;
	}
	return bounds;
}

const POINTS = 401;

function grid(edge: number): number[] {
	return Array.from({ length: POINTS }, (_, i) => -edge + (2 * edge * i) / (POINTS - 1));
}

function simpson(nodes: number[]): number[] {
	const step = nodes[1]! - nodes[0]!;
	return nodes.map((_, i) => ((i === 0 || i === POINTS - 1 ? 1 : i % 2 ? 4 : 2) * step) / 3);
}
