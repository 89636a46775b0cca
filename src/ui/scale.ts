/** Where things lie on a chart, in per cent of its width, so that words keep their size when it stretches. */

/** A linear scale from values to per cent. */
export function scale(minimum: number, maximum: number, from = 3, to = 97): (value: number) => number {
	const span = maximum - minimum || 1;
	return (value) => from + ((value - minimum) / span) * (to - from);
}

/** For SVG: `12.34%`, two decimals. */
export const at = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** The step of 1, 2 or 5 times a power of ten that cuts `span` into about `parts`. */
export function niceStep(span: number, parts = 6): number {
	const raw = span / parts;
	const power = 10 ** Math.floor(Math.log10(raw));
	const lead = raw / power;
	return power * (lead < 1.3 ? 1 : lead < 2.3 ? 2 : lead < 5.5 ? 5 : 10);
}

/** Round bounds around all values, and the marks between them. Values of one size get a little room on both sides. */
export function axisOf(values: number[], parts = 6): { minimum: number; maximum: number; step: number; marks: number[] } {
	const low = Math.min(...values);
	const high = Math.max(...values);
	const step = niceStep(high - low || Math.abs(high) || 1, parts);
	const minimum = (Math.floor(low / step) - (low === high ? 1 : 0)) * step;
	const maximum = (Math.ceil(high / step) + (low === high ? 1 : 0)) * step;
	const count = Math.round((maximum - minimum) / step);
	// multiples are counted, not summed: 0.1 + 0.2 is not a mark
	const marks = Array.from({ length: count + 1 }, (_, i) => Number((minimum + i * step).toPrecision(12)));
	return { minimum: marks[0]!, maximum: marks[count]!, step, marks };
}

/** Decimals that the marks of an axis need. */
export const decimalsOf = (step: number): number => Math.max(0, -Math.floor(Math.log10(step) + 1e-9));

/** Moves labels of two lines apart when they would touch; positions in px, order kept. */
export function apart(first: number, second: number, room: number): [number, number] {
	const missing = room - Math.abs(first - second);
	if (missing <= 0) return [first, second];
	const up = missing / 2;
	return first <= second ? [first - up, second + up] : [first + up, second - up];
}

export type Divergence = 'n2' | 'n1' | '0' | 'p1' | 'p2';

/** Colour class of a gap in levels (held − required): one level below and more, half, around zero, a quarter, a half above. */
export function divergence(gap: number): Divergence {
	if (gap <= -1) return 'n2';
	if (gap <= -0.5) return 'n1';
	if (gap < 0.25) return '0';
	return gap < 0.5 ? 'p1' : 'p2';
}
