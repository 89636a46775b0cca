/** Bringing in the unit tree (`ref-unor`): the file says what the whole tree is. */
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import type { Change, Fault, ImportColumn, ImportKind, Rehearsal, RehearsedRow } from '#platform/imports/kinds.ts';
import { applyUnits, undoUnits } from './units-apply.ts';

const COLUMNS: ImportColumn[] = [
	{ name: 'Id', required: true },
	{ name: 'InstansiId', required: true },
	{ name: 'DiatasanId', required: true },
	{ name: 'EselonId' },
	{ name: 'NamaUnor', required: true },
	{ name: 'NamaJabatan' },
	{ name: 'IndukUnorId' },
	{ name: 'PemimpinPnsId' }
];

export const unitsImport: ImportKind = {
	kind: 'people.units',
	columns: COLUMNS,
	about: ({ parent_name }) => (parent_name as string | undefined) ?? null,
	begin,
	apply: applyUnits,
	undo: undoUnits
};

interface UnitRecord {
	siasn_id: string;
	government: string;
	parent: string | null;
	echelon_id: string | null;
	name: string;
	head_post_name: string | null;
	opd: string | null;
	leader: string | null;
}

const NAME_LIMIT = 300;

async function begin(db: Db): Promise<Rehearsal> {
	const known = await knownUnits(db);
	const parents = new Map<string, { row: number; parent: string | null }>();
	return {
		read(cells, row) {
			const refuse = (code: string, column: string, params?: Fault['params']) =>
				void row.faults.push({ code, column, outcome: 'refused', ...(params ? { params } : {}) });
			const text = (name: string) => cells[name]?.replace(/\s+/g, ' ') ?? null;
			const id = cells.Id ?? null;
			const name = text('NamaUnor');
			row.key = id?.slice(0, 100) ?? null;
			row.label = name?.slice(0, 120) ?? null;
			for (const column of Object.keys(cells)) if (/(?![\t\n\r])\p{Cc}/u.test(cells[column] ?? '')) refuse('control_character', column);
			if (id === null) refuse('unit_id_missing', 'Id');
			else if (parents.has(id)) refuse('unit_id_duplicate', 'Id', { row: parents.get(id)!.row });
			if ((cells.InstansiId ?? null) === null) refuse('government_missing', 'InstansiId');
			if (name === null) refuse('unit_name_missing', 'NamaUnor');
			else if (name.length > NAME_LIMIT) refuse('too_long', 'NamaUnor', { limit: NAME_LIMIT });
			else if (/^[=+@]/.test(name)) refuse('formula', 'NamaUnor');
			if (id !== null && cells.DiatasanId === id) refuse('unit_cycle', 'DiatasanId');
			if (row.faults.length > 0) return;
			parents.set(id!, { row: row.row, parent: cells.DiatasanId ?? null });
			const record: UnitRecord = {
				siasn_id: id!,
				government: cells.InstansiId!,
				parent: cells.DiatasanId ?? null,
				echelon_id: cells.EselonId ?? null,
				name: name!,
				head_post_name: text('NamaJabatan'),
				opd: cells.IndukUnorId ?? null,
				leader: cells.PemimpinPnsId ?? null
			};
			row.data = { ...record };
		},
		async compare(_own, rows: RehearsedRow[]) {
			for (const row of rows) {
				const record = row.data as unknown as UnitRecord;
				const before = known.get(record.siasn_id);
				row.targetId = before?.id ?? newId();
				if (!before || before.ended) {
					row.outcome = 'new';
					continue;
				}
				row.changes = changesOf(before, record);
				row.outcome = row.changes.length > 0 ? 'changed' : 'unchanged';
			}
		},
		async finish(own, importId, nextRow) {
			await refuseMisplaced(own, importId, parents);
			await nameParents(own, importId);
			await addAbsent(own, importId, nextRow);
		}
	};
}

type Known = UnitRecord & { id: string; ended: boolean };

function changesOf(before: UnitRecord, after: UnitRecord): Change[] {
	const columns = (record: UnitRecord) => ({
		DiatasanId: record.parent,
		EselonId: record.echelon_id,
		NamaUnor: record.name,
		NamaJabatan: record.head_post_name,
		IndukUnorId: record.opd,
		PemimpinPnsId: record.leader
	});
	const was: Record<string, string | null> = columns(before);
	return Object.entries(columns(after))
		.filter(([name, value]) => was[name] !== value)
		.map(([name, value]) => ({ column: name, before: was[name] ?? null, after: value }));
}

/** Every unit that ever was; one that ended and comes again keeps its id. */
async function knownUnits(db: Db): Promise<Map<string, Known>> {
	const { rows } = await sql<Known>`
		select u.id, u.siasn_id, g.siasn_id as government, p.siasn_id as parent, v.echelon_id, v.name, v.head_post_name, o.siasn_id as opd,
			v.leader_siasn_id as leader, v.id is null as ended
		from people.units u
		join people.governments g on g.id = u.government_id
		left join people.unit_versions v on v.unit_id = u.id and v.valid_to is null
		left join people.units p on p.id = v.parent_id
		left join people.units o on o.id = v.opd_id
		where u.siasn_id is not null`.execute(db);
	return new Map(rows.map((row) => [row.siasn_id, row]));
}

/** A unit whose parent is not in the file, or whose ancestors run in a circle, has no place; neither has what hangs below. */
async function refuseMisplaced(db: Db, importId: string, parents: Map<string, { row: number; parent: string | null }>): Promise<void> {
	const place = new Map<string, string | null>(); // null = stands, else the code
	const judge = (start: string): string | null => {
		const trail: string[] = [];
		let at: string | null = start;
		let verdict: string | null | undefined;
		while (verdict === undefined) {
			if (at === null) verdict = null;
			else if (place.has(at)) verdict = place.get(at)!;
			else if (trail.includes(at)) verdict = 'unit_cycle';
			else if (!parents.has(at)) verdict = 'unit_parent_unknown';
			else {
				trail.push(at);
				at = parents.get(at)!.parent;
			}
		}
		for (const id of trail) place.set(id, verdict);
		return verdict;
	};
	const refused = [...parents].flatMap(([id, { row }]) => {
		const code = judge(id);
		return code === null ? [] : [{ row, code }];
	});
	await sql`update platform.import_rows r set outcome = 'refused', changes = '[]', data = null, target_id = null,
			faults = jsonb_build_array(jsonb_build_object('code', t.code, 'column', 'DiatasanId', 'outcome', 'refused'))
		from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as t(row int, code text) where r.import_id = ${importId} and r.row = t.row`.execute(
		db
	);
}

/** A secretariat stands in every office: a row says below which unit it is. */
async function nameParents(db: Db, importId: string): Promise<void> {
	await sql`update platform.import_rows r set data = r.data || jsonb_build_object('parent_name', p.label)
		from platform.import_rows p where r.import_id = ${importId} and r.outcome in ('new', 'changed')
			and p.import_id = r.import_id and p.key = r.data->>'parent'`.execute(db);
}

/** Units that are known and not in the file end; who is still placed there is told with each. */
async function addAbsent(db: Db, importId: string, nextRow: number): Promise<void> {
	await sql`
		insert into platform.import_rows (import_id, row, line, outcome, key, label, target_id, changes)
		select ${importId}, ${nextRow} + row_number() over (order by u.path) - 1, 0, 'absent', u.siasn_id, u.name, u.id,
			case when placed.officers > 0 then jsonb_build_array(jsonb_build_object('column', 'officers_placed', 'before', placed.officers::text, 'after', null)) else '[]'::jsonb end
		from people.current_units u
		join people.governments g on g.id = u.government_id
		cross join lateral (select count(*)::int as officers from people.post_assignments p where p.unit_id = u.id and p.valid_to is null) placed
		where u.siasn_id is not null
			and g.siasn_id in (select distinct r.data->>'government' from platform.import_rows r where r.import_id = ${importId} and r.data is not null)
			and not exists (select 1 from platform.import_rows r where r.import_id = ${importId} and r.key = u.siasn_id)`.execute(db);
}
