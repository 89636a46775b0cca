/** Catalogues of technical competencies as a ministry gives them: one row a competency, its five levels side by side. */
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import type { Change, ImportKind } from '#platform/imports/kinds.ts';
import { recordImport } from '#platform/imports/record-import.ts';
import { writtenBy } from '#platform/imports/rows.ts';

const LEVELS = [1, 2, 3, 4, 5];
/** Kept as the cells of the row, so that a change names its own. */
const LEVEL_CELLS = 'level_1 … level_5';
/** Upper-case, so that a code is never a word of an address. */
const CODE = /^[A-Z][A-Z0-9]*(?:[.\-_][A-Z0-9]+)*$/;

const whole = recordImport({
	kind: 'competency.catalogue',
	columns: [
		{ name: 'kode', required: true, aliases: ['kode_kompetensi'] },
		{ name: 'nama', required: true, aliases: ['nama_kompetensi'] },
		{ name: 'urusan' },
		{ name: 'definisi' },
		{ name: 'dasar', required: true, aliases: ['dasar_hukum'] },
		{ name: 'berlaku_mulai', required: true },
		{ name: 'berlaku_sampai' },
		...LEVELS.flatMap((level) => [
			{ name: `level_${level}`, required: true, aliases: [`uraian_${level}`] },
			{ name: `indikator_${level}` },
			{ name: `label_${level}` }
		])
	],
	table: 'competency.competencies',
	keyColumn: 'kode',
	fields: {
		name_id: 'nama',
		field: 'urusan',
		description_id: 'definisi',
		basis: 'dasar',
		valid_from: 'berlaku_mulai',
		valid_to: 'berlaku_sampai',
		brought_levels: LEVEL_CELLS
	},
	derived: ['code', 'category', 'position', 'name_en', 'short_id', 'short_en', 'description_en', 'confidence'],
	ownReferences: ['competency.levels.competency_id'],
	async begin(db) {
		const national = new Set(
			(await sql<{ code: string }>`select code from competency.competencies where source_key is null`.execute(db)).rows.map(
				({ code }) => code
			)
		);
		const labels = (
			await sql<{ label: string }>`select distinct on (level) label_id as label from competency.levels l
				join competency.competencies k on k.id = l.competency_id and k.source_key is null order by level, k.position`.execute(db)
		).rows.map(({ label }) => label);
		return (reader, row) => {
			const code = reader.text('kode', 40)?.toUpperCase() ?? null;
			const name = needed(reader, 'nama', 200);
			row.label = name ?? code;
			if (code === null) reader.refuse('code_missing', 'kode');
			else if (!CODE.test(code)) reader.refuse('code_unreadable', 'kode', { value: code });
			else if (national.has(code)) reader.refuse('code_national', 'kode', { value: code });
			const validFrom = reader.date('berlaku_mulai');
			const validTo = reader.date('berlaku_sampai');
			if (validFrom === null && !reader.refused()) reader.refuse('date_missing_needed', 'berlaku_mulai');
			if (validFrom !== null && validTo !== null && validTo < validFrom) reader.refuse('ends_before_start', 'berlaku_sampai');
			const basis = needed(reader, 'dasar', 300);
			const field = reader.text('urusan', 200);
			const definition = reader.text('definisi', 2000);
			const levels = Object.fromEntries(
				LEVELS.flatMap((level) => [
					[`level_${level}`, needed(reader, `level_${level}`, 1000)],
					[`label_${level}`, reader.text(`label_${level}`, 60) ?? labels[level - 1] ?? String(level)],
					[`indikator_${level}`, reader.text(`indikator_${level}`, 4000) ?? '']
				])
			);
			if (reader.refused() || code === null || validFrom === null) return null;
			if (LEVELS.every((level) => levels[`indikator_${level}`] === '')) reader.warn('indicators_missing', null);
			return {
				source_key: code,
				code,
				category: 'teknis',
				// after the nine of the regulation
				position: 1000,
				name_id: name,
				name_en: '',
				short_id: '',
				short_en: '',
				description_id: definition ?? '',
				description_en: '',
				field,
				basis,
				confidence: 'confirmed',
				valid_from: validFrom,
				valid_to: validTo,
				brought_levels: levels
			};
		};
	},
	async derive(db, importId) {
		await forgetLevels(db, importId);
		await sql`insert into competency.levels (competency_id, level, label_id, label_en, summary_id, indicators)
			select k.id, l.level, t.label, coalesce(national.label_en, t.label), k.brought_levels->>('level_' || l.level),
				array(select trim(one) from regexp_split_to_table(k.brought_levels->>('indikator_' || l.level), '[;|]') one where trim(one) <> '')
			from competency.competencies k cross join generate_series(1, 5) as l(level)
			cross join lateral (select k.brought_levels->>('label_' || l.level) as label) t
			left join lateral (select n.label_en from competency.levels n join competency.competencies c on c.id = n.competency_id and c.source_key is null
				where n.level = l.level and n.label_id = t.label limit 1) national on true
			where k.id in (${writtenBy(importId)})`.execute(db);
	},
	release: (db, importId) => forgetLevels(db, importId)
});

/** The same, with a change of the five levels told cell by cell. */
export const catalogueImport: ImportKind = {
	...whole,
	async begin(db, at, actor) {
		const rehearsal = await whole.begin(db, at, actor);
		return {
			...rehearsal,
			async compare(own, rows) {
				await rehearsal.compare(own, rows);
				for (const row of rows) row.changes = row.changes.flatMap((change) => (change.column === LEVEL_CELLS ? byCell(change) : [change]));
			}
		};
	}
};

function byCell({ before, after }: Change): Change[] {
	const [was, is] = [before, after].map((text) => JSON.parse(text ?? '{}') as Record<string, string>) as [
		Record<string, string>,
		Record<string, string>
	];
	return [...new Set([...Object.keys(was), ...Object.keys(is)])]
		.filter((column) => was[column] !== is[column])
		.map((column) => ({ column, before: was[column] || null, after: is[column] || null }));
}

const forgetLevels = async (db: Db, importId: string): Promise<void> =>
	void (await sql`delete from competency.levels where competency_id in (${writtenBy(importId)})`.execute(db));

function needed(reader: CellReader, column: string, limit: number): string | null {
	const before = reader.refused();
	const text = reader.text(column, limit);
	// a cell refused for what stands in it is not also missing
	if (text === null && reader.refused() === before) reader.refuse('cell_missing', column);
	return text;
}
