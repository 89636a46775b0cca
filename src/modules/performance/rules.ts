/** Decisions about yearly appraisals (PermenPANRB 6/2022), as pure functions. */

export type ExpectationRating = 'above' | 'meets' | 'below';
export const PREDICATES = ['sangat_baik', 'baik', 'butuh_perbaikan', 'kurang', 'sangat_kurang'] as const;
export type Predicate = (typeof PREDICATES)[number];

/** A rating in any of the spellings of the field (*Diatas*, *DI ATAS EKSPEKTASI*); undefined when it is none. */
export function readRating(text: string): ExpectationRating | undefined {
	const word = text
		.toLowerCase()
		.replace(/ekspektasi/g, '')
		.replace(/[^a-z]/g, '');
	return ({ diatas: 'above', sesuai: 'meets', dibawah: 'below' } as const)[word];
}

export function readPredicate(text: string): Predicate | undefined {
	const word = text
		.toLowerCase()
		.replace(/[^a-z]+/g, '_')
		.replace(/^_|_$/g, '');
	return PREDICATES.find((predicate) => predicate === word);
}

/**
 * The predicate of two ratings. The official annex was not seen; two independent public applications agree on this
 * matrix (`reference/performance.json`). A missing rating has no predicate: nothing is filled in.
 */
export function predicateOf(result: ExpectationRating | null, behaviour: ExpectationRating | null): Predicate | null {
	if (result === null || behaviour === null) return null;
	if (behaviour === 'below') return result === 'below' ? 'sangat_kurang' : 'kurang';
	if (result === 'below') return 'butuh_perbaikan';
	return result === 'above' && behaviour === 'above' ? 'sangat_baik' : 'baik';
}
