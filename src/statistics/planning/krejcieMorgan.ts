/**
 * Respondents for a survey of a population of N (Krejcie & Morgan 1970; used by the SKM rules of PermenPANRB 14/2017):
 * χ²₁ = 3.841, P = 0.5, d = 0.05. The 1970 table rounds to the nearest whole number.
 */
export function krejcieMorgan(population: number): { formula: number; respondents: number } {
	const formula = (3.841 * population * 0.25) / (0.0025 * (population - 1) + 3.841 * 0.25);
	return { formula, respondents: Math.round(formula) };
}
