import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { predicateOf, PREDICATES, readPredicate, readRating, type ExpectationRating } from './rules.ts';

test('the matrix is that of the reference, cell by cell', () => {
	const { rows } = JSON.parse(readFileSync('reference/performance.json', 'utf8')) as {
		rows: { hasil_kerja: number; perilaku_kerja: number; predikat: number }[];
	};
	const ratings: ExpectationRating[] = ['above', 'meets', 'below'];
	expect(rows).toHaveLength(9);
	for (const row of rows)
		expect(predicateOf(ratings[row.hasil_kerja - 1]!, ratings[row.perilaku_kerja - 1]!)).toBe(PREDICATES[row.predikat - 1]);
	expect(predicateOf('above', null)).toBe(null);
	expect(predicateOf(null, 'meets')).toBe(null);
});

test('spellings of the field', () => {
	expect(['Di Atas Ekspektasi', 'DIATAS EKSPEKTASI', 'diatas', 'di-atas ekspektasi'].map(readRating)).toEqual([
		'above',
		'above',
		'above',
		'above'
	]);
	expect(['Sesuai Ekspektasi', 'Dibawah Ekspektasi', 'DI BAWAH'].map(readRating)).toEqual(['meets', 'below', 'below']);
	expect([readRating('Baik'), readRating('')]).toEqual([undefined, undefined]);
	expect(['Sangat Baik', 'BUTUH PERBAIKAN', 'Kurang', 'sangat kurang', 'Cukup'].map(readPredicate)).toEqual([
		'sangat_baik',
		'butuh_perbaikan',
		'kurang',
		'sangat_kurang',
		undefined
	]);
});
