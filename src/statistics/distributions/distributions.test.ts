import { describe, expect, test } from 'vitest';
import { chiSquareQuantile, chiSquareUpperTail, fQuantile, fUpperTail } from './fAndChiSquare.ts';
import { noncentralityAt, noncentralTCdf } from './noncentralT.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { tCdf, tQuantile, tUpperTail } from './studentT.ts';

// Expected values: mpmath 1.3 at 40 digits (25 for the noncentral t), rounded to double. The library that the engine
// would otherwise use must be as exact as this in the tails that verdicts rest on.
const NORMAL = [
	[-30, 4.906713927148187e-198],
	[-8, 6.220960574271784e-16],
	[-3, 0.0013498980316300946],
	[-1, 0.15865525393145705],
	[-0.1, 0.460172162722971],
	[0, 0.5],
	[0.5, 0.6914624612740131],
	[1.96, 0.9750021048517795],
	[4, 0.9999683287581669]
] as const;
const T_UPPER = [
	[0.1, 1, 0.4682744825694464],
	[1, 2.5, 0.20203051363913674],
	[2, 10, 0.03669401738537018],
	[3.2, 58, 0.0011147703434614198],
	[6, 4, 0.0019412685234802551],
	[10, 30, 2.2876257041148064e-11],
	[40, 3.3, 7.5294436408996805e-6],
	[1.5, 697, 0.06703360652329846],
	[5, 100000, 2.8713508393208365e-7],
	[0.5, 10000000.0, 0.3085375442270075]
] as const;
const T_QUANTILE = [
	[0.975, 1, 12.706204736174694],
	[0.975, 3.3, 3.0248744618408074],
	[0.95, 10, 1.8124611228116758],
	[0.8, 23, 0.8575295536880353],
	[0.975, 697, 1.9633733475126154],
	[0.6, 4, 0.27072229470759734],
	[0.9995, 7, 5.407882520861828]
] as const;
const F_UPPER = [
	[1.5, 3, 20, 0.24505201159396706],
	[4, 1, 12, 0.06865501403808594],
	[16, 1, 400, 7.546067265972619e-5],
	[0.2, 5, 7, 0.9524164502214275],
	[30, 2, 50, 2.7506350927670066e-9]
] as const;
const CHI_UPPER = [
	[7.79, 5, 0.16819521833256645],
	[3.841, 1, 0.0500136837639567],
	[0.1, 3, 0.9918374237318764],
	[100, 40, 4.791357300338101e-7],
	[264.96, 12, 1.0299453453953628e-49],
	[0.5, 1, 0.4795001221869535]
] as const;
const NONCENTRAL = [
	[2, 10, 1.5, 0.6591540724421908],
	[60, 3, 40, 0.7211020531179219],
	[0.5, 1, 0.2, 0.5740729089825238],
	[2.674, 443, 0.78, 0.9702793657805061],
	[1.97, 443, 2.8, 0.2034677116637637],
	[-1.97, 18, 1, 0.002525167358404258],
	[30, 200, 28, 0.8621268752565979],
	[0, 8, 1.2, 0.11506967022170828],
	[2.1, 38, 2.802, 0.24317718870091154],
	[2.1009, 18, 3.2, 0.14335370855518148]
] as const;

const near = (got: number, wanted: number, relative: number) =>
	expect(Math.abs(got - wanted)).toBeLessThanOrEqual(relative * Math.abs(wanted));

describe('distributions against 40-digit values', () => {
	test.each(NORMAL)('normal at %d', (z, p) => near(normalCdf(z), p, 1e-12));
	test.each(T_UPPER)('t tail at %d with %d df', (t, df, p) => near(tUpperTail(t, df), p, df > 1e6 ? 1e-8 : 1e-11));
	test.each(T_QUANTILE)('t quantile %d with %d df', (p, df, t) => near(tQuantile(p, df), t, 1e-11));
	test.each(F_UPPER)('F tail at %d with %d and %d df', (f, a, b, p) => near(fUpperTail(f, a, b), p, 1e-11));
	test.each(CHI_UPPER)('chi-square tail at %d with %d df', (x, df, p) => near(chiSquareUpperTail(x, df), p, 1e-11));
	test.each(NONCENTRAL)('noncentral t at %d, %d df, ncp %d', (t, df, ncp, p) => expect(noncentralTCdf(t, df, ncp)).toBeCloseTo(p, 9));
});

describe('quantiles invert probabilities', () => {
	test.each([1e-12, 1e-5, 0.01, 0.3, 0.5, 0.77, 0.999])('at %d', (p) => {
		near(normalCdf(normalQuantile(p)), p, 1e-11);
		for (const df of [1, 2.7, 9, 80, 5000]) near(tCdf(tQuantile(p, df), df), p, 1e-10);
		if (p > 1e-6) {
			near(1 - chiSquareUpperTail(chiSquareQuantile(p, 3), 3), p, 1e-9);
			near(1 - fUpperTail(fQuantile(p, 3, 17), 3, 17), p, 1e-9);
		}
	});
	test('noncentrality puts the wanted probability below t', () => {
		expect(noncentralTCdf(2.1, 30, noncentralityAt(2.1, 30, 0.975))).toBeCloseTo(0.975, 10);
	});
	test('a probability outside (0, 1) is refused', () => {
		expect(() => normalQuantile(1)).toThrow(RangeError);
		expect(() => tQuantile(0.975, 0)).toThrow(RangeError);
	});
});
