/** Standards of posts (SKJ) as a sheet: one row a post, competency and first day. */
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { CellReader } from '#platform/imports/cells.ts';
import type { ImportKind } from '#platform/imports/kinds.ts';
import { recordImport } from '#platform/imports/record-import.ts';
import { closeVersions } from '../server/standards.ts';

const whole = recordImport({
	kind: 'competency.standards',
	columns: [
		{ name: 'jabatan_id' },
		{ name: 'nama_jabatan', required: true, aliases: ['jabatan_nama', 'jabatan'] },
		{ name: 'kode_kompetensi', required: true, aliases: ['kode'] },
		{ name: 'level', required: true },
		{ name: 'berlaku_mulai', required: true },
		{ name: 'dasar', required: true, aliases: ['dasar_hukum'] }
	],
	table: 'competency.standards',
	keyColumn: 'kode_kompetensi',
	fields: { level: 'level', basis: 'dasar' },
	derived: ['post_ref', 'post_name', 'competency_id', 'valid_from', 'confidence'],
	async begin(db) {
		const [posts, codes, versions] = await Promise.all([knownPosts(db), knownCodes(db), knownVersions(db)]);
		return (reader, row) => {
			const name = reader.text('nama_jabatan', 300);
			const post = readPost(reader, posts, name);
			row.label = name ?? post;
			const code = reader.text('kode_kompetensi', 40)?.toUpperCase() ?? null;
			const competencyId = code === null ? undefined : codes.get(code);
			if (code === null) reader.refuse('code_missing', 'kode_kompetensi');
			else if (competencyId === undefined) reader.refuse('code_unknown', 'kode_kompetensi', { value: code });
			const level = readLevel(reader);
			const validFrom = reader.date('berlaku_mulai');
			if (validFrom === null && !reader.refused()) reader.refuse('date_missing_needed', 'berlaku_mulai');
			const basis = reader.text('dasar', 300);
			if (basis === null && !reader.refused()) reader.refuse('cell_missing', 'dasar');
			if (reader.refused() || post === null || competencyId === undefined || level === null || validFrom === null || basis === null)
				return null;
			const known = versions.get(post);
			const newest = known && [...known.keys()].sort().at(-1)!;
			const same = known?.get(validFrom);
			if (same === 'by_hand') return (reader.refuse('version_by_hand', 'berlaku_mulai', { day: validFrom }), null);
			if (!same && newest !== undefined && validFrom < newest)
				return (reader.refuse('version_older', 'berlaku_mulai', { newest, value: validFrom }), null);
			if (same && !same.has(competencyId)) reader.warn('version_extended', 'kode_kompetensi', { day: validFrom });
			if (!posts.byRef.has(post)) reader.warn('post_not_held', 'nama_jabatan');
			return {
				source_key: `${post}|${code}|${validFrom}`,
				post_ref: post,
				post_name: name ?? post,
				competency_id: competencyId,
				level,
				basis,
				valid_from: validFrom,
				confidence: 'confirmed'
			};
		};
	},
	derive: (db, importId) =>
		closeVersions(
			db,
			sql`post_ref in (select data->>'post_ref' from platform.import_rows where import_id = ${importId} and data is not null)`
		)
});

/** The same, with what a new version leaves out named once, at its first row. */
export const standardsImport: ImportKind = {
	...whole,
	async begin(db, at, actor) {
		const rehearsal = await whole.begin(db, at, actor);
		return {
			...rehearsal,
			async finish(own, importId, nextRow) {
				await rehearsal.finish(own, importId, nextRow);
				await nameLeftOut(own, importId);
			}
		};
	}
};

/** A version replaces the one before as a whole: what it does not name follows the common standard from its first day. */
async function nameLeftOut(db: Db, importId: string): Promise<void> {
	await sql`with brought as (
			select row, data->>'post_ref' as post_ref, (data->>'competency_id')::uuid as competency_id, (data->>'valid_from')::date as valid_from
			from platform.import_rows where import_id = ${importId} and outcome = 'new'),
		begun as (
			select min(b.row) as row, b.post_ref, b.valid_from,
				greatest((select max(s.valid_from) from competency.standards s where s.post_ref = b.post_ref and s.valid_from < b.valid_from),
					(select max(e.valid_from) from brought e where e.post_ref = b.post_ref and e.valid_from < b.valid_from)) as before
			from brought b group by b.post_ref, b.valid_from),
		asked as (
			select s.post_ref, s.valid_from, s.competency_id from competency.standards s where s.post_ref in (select post_ref from begun)
			union select post_ref, valid_from, competency_id from brought),
		left_out as (
			select g.row, g.valid_from, string_agg(k.code, ', ' order by k.position, k.code) as codes
			from begun g join asked a on a.post_ref = g.post_ref and a.valid_from = g.before join competency.competencies k on k.id = a.competency_id
			where not exists (select 1 from asked n where n.post_ref = g.post_ref and n.valid_from = g.valid_from and n.competency_id = a.competency_id)
			group by g.row, g.valid_from)
		update platform.import_rows r set faults = r.faults || jsonb_build_array(jsonb_build_object('code', 'version_leaves_out', 'column', 'berlaku_mulai',
			'outcome', 'warned', 'params', jsonb_build_object('codes', l.codes, 'day', l.valid_from)))
		from left_out l where r.import_id = ${importId} and r.row = l.row`.execute(db);
}

interface KnownPosts {
	byRef: Set<string>;
	/** References by folded name; several where posts share one. */
	byName: Map<string, string[]>;
}

const folded = (name: string): string =>
	name
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

async function knownPosts(db: Db): Promise<KnownPosts> {
	const { rows } = await sql<{ ref: string; name: string }>`
		select distinct post_ref as ref, post_name as name from people.officer_cards where active and post_ref is not null and post_name is not null`.execute(
		db
	);
	const byName = new Map<string, string[]>();
	for (const { ref, name } of rows) byName.set(folded(name), [...new Set([...(byName.get(folded(name)) ?? []), ref])]);
	return { byRef: new Set(rows.map(({ ref }) => ref)), byName };
}

async function knownCodes(db: Db): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; code: string }>`select id, code from competency.competencies`.execute(db);
	return new Map(rows.map(({ id, code }) => [code, id]));
}

/** First days of each post's versions, with what was imported for them, or that somebody set them by hand. */
async function knownVersions(db: Db): Promise<Map<string, Map<string, Set<string> | 'by_hand'>>> {
	const { rows } = await sql<{ post_ref: string; valid_from: string; ids: string[] | null }>`
		select post_ref, valid_from, case when bool_and(source_key is not null) then array_agg(competency_id::text) end as ids
		from competency.standards where post_ref is not null group by post_ref, valid_from`.execute(db);
	const versions = new Map<string, Map<string, Set<string> | 'by_hand'>>();
	for (const { post_ref, valid_from, ids } of rows)
		versions.set(post_ref, (versions.get(post_ref) ?? new Map()).set(valid_from, ids ? new Set(ids) : 'by_hand'));
	return versions;
}

/** By the national system's id; without one by the name, where exactly one post bears it. */
function readPost(reader: CellReader, posts: KnownPosts, name: string | null): string | null {
	const ref = reader.text('jabatan_id', 100);
	if (ref !== null || reader.refused()) return ref;
	if (name === null) return (reader.refuse('post_missing', 'nama_jabatan'), null);
	const named = posts.byName.get(folded(name)) ?? [];
	if (named.length === 1) return named[0]!;
	reader.refuse(named.length === 0 ? 'post_unknown' : 'post_ambiguous', 'nama_jabatan', { value: name.slice(0, 80) });
	return null;
}

function readLevel(reader: CellReader): number | null {
	const text = reader.text('level', 20);
	const level = text !== null && /^\d+([.,]0+)?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
	if (level >= 1 && level <= 5) return level;
	reader.refuse('standard_level', 'level', { value: text ?? '–' });
	return null;
}
