/** Yearly appraisals: two ratings and a predicate from 2022 on, a number before. */
import { OFFICER_COLUMNS, officersFor } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import { recordImport } from '#platform/imports/record-import.ts';
import { predicateOf, readPredicate, readRating, type ExpectationRating } from '../rules.ts';

/** A training officer reads the appraisals of the subtree, and so may bring them in; a superior judges and does not copy. */
const people = officersFor('training_officer');

export const appraisalsImport = recordImport({
	kind: 'performance.appraisals',
	columns: [
		...OFFICER_COLUMNS,
		{ name: 'tahun', required: true },
		{ name: 'hasil_kerja', aliases: ['hasilKinerja'] },
		{ name: 'perilaku_kerja', aliases: ['perilakuKerja'] },
		{ name: 'predikat', aliases: ['kuadranKinerja'] },
		{ name: 'nilai' }
	],
	table: 'performance.appraisals',
	keyColumn: 'pns_id',
	scope: people.scope,
	fields: { year: 'tahun', result_rating: 'hasil_kerja', behaviour_rating: 'perilaku_kerja', predicate: 'predikat', score: 'nilai' },
	derived: ['officer_id'],
	async begin(db, at, actor) {
		const person = await people.named(db, actor);
		const thisYear = Number(dayOf(at).slice(0, 4));
		return (reader, row) => {
			const { officer, written } = person(reader);
			const year = reader.whole('tahun');
			row.label = [officer?.name ?? written, year].filter(Boolean).join(', ').slice(0, 120);
			row.subjectId = officer?.id ?? null;
			if (year === null && !reader.refused()) reader.refuse('year_missing', 'tahun');
			if (year !== null && (year < 1990 || year > thisYear)) reader.refuse('number_unreadable', 'tahun', { value: String(year) });
			const result = readCell(reader, 'hasil_kerja', readRating);
			const behaviour = readCell(reader, 'perilaku_kerja', readRating);
			const predicate = readCell(reader, 'predikat', readPredicate);
			const score = readScore(reader);
			if (reader.refused() || !officer || year === null) return null;
			warnAbout(reader, { result, behaviour, predicate, score });
			return {
				source_key: `${officer.id}|${year}`,
				officer_id: officer.id,
				year,
				result_rating: result,
				behaviour_rating: behaviour,
				predicate,
				score
			};
		};
	}
});

function readCell<T extends string>(reader: CellReader, column: string, read: (text: string) => T | undefined): T | null {
	const text = reader.text(column, 60);
	if (text === null) return null;
	const value = read(text);
	if (value === undefined) reader.refuse('rating_unreadable', column, { value: text });
	return value ?? null;
}

function readScore(reader: CellReader): number | null {
	const text = reader.text('nilai', 20);
	if (text === null) return null;
	const score = Number(text.replace(',', '.'));
	if (/^\d{1,3}([.,]\d{1,4})?$/.test(text) && score <= 120) return Math.round(score * 100) / 100;
	reader.refuse('number_unreadable', 'nilai', { value: text });
	return null;
}

/** What is missing stays missing, and a contradiction stays as the file says it; both are named. */
function warnAbout(
	reader: CellReader,
	said: { result: ExpectationRating | null; behaviour: ExpectationRating | null; predicate: string | null; score: number | null }
): void {
	if (said.result === null && said.behaviour === null && said.predicate === null && said.score === null)
		return reader.warn('appraisal_empty', null);
	if (said.score !== null && said.result === null && said.behaviour === null) return;
	if (said.result === null) reader.warn('rating_missing', 'hasil_kerja');
	if (said.behaviour === null) reader.warn('rating_missing', 'perilaku_kerja');
	const expected = predicateOf(said.result, said.behaviour);
	if (expected !== null && said.predicate !== null && expected !== said.predicate)
		reader.warn('predicate_contradicts', 'predikat', { expected: expected.replace('_', ' ') });
}
