import { StatisticsFailure } from '../failure.ts';

/**
 * The interval of values that a resampling test does not reject at 1 − level, by walking out from the estimate and
 * halving. `p` must be 1-like at the estimate and fall outwards (true for the tests here up to Monte-Carlo steps).
 * @throws TOO_FEW_ROWS when no value however far is rejected, because the design has too few arrangements.
 */
export function invert(p: (value: number) => number, estimate: number, scale: number, level: number): [number, number] {
	const alpha = 1 - level;
	const edge = (side: 1 | -1) => {
		let step = scale;
		let inside = 0;
		let doublings = 0;
		while (p(estimate + side * step) >= alpha) {
			inside = step;
			step *= 2;
			if (++doublings > 60) throw new StatisticsFailure('TOO_FEW_ROWS', 'too few clusters for an interval at this level');
		}
		let outside = step;
		for (let i = 0; i < 60 && outside - inside > 1e-10 * scale; i++) {
			const middle = 0.5 * (inside + outside);
			if (p(estimate + side * middle) >= alpha) inside = middle;
			else outside = middle;
		}
		// The outer edge errs on the wide side.
		return estimate + side * outside;
	};
	return [edge(-1), edge(1)];
}
