/** The persons behind a cell of the gap map as a list: filtered, ordered, key-paged, and the same as a sheet. */
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Source } from '../rules.ts';
import { personUnits } from './access.ts';
import {
	foundPersons,
	gapPage,
	pageAmongFound,
	pageInOrder,
	rowsOf,
	rowsOfPersons,
	seesEverybody,
	type GapCounts,
	type GapFilter,
	type GapOrder
} from './gap-page.ts';
import { freshenGaps } from './kept-gaps.ts';

export interface GapListRow {
	officer_id: string;
	display_name: string;
	post_name: string | null;
	unit_id: string;
	unit_name: string;
	opd_name: string | null;
	required: number;
	/** Null when nobody rated, and the gap with it. */
	actual: number | null;
	gap: number | null;
	source: Source | null;
	rated_at: Date | null;
	key: string;
}

/** Of so many found the states are counted; of more only the page is read. */
const MANY = 1000;

export interface GapListPage {
	rows: GapListRow[];
	/** Over the filter without the state; undefined where a search found more than `MANY`. */
	counts: GapCounts | undefined;
	/** Whom a search found, also those of whom the competency is not asked. */
	found?: number;
}

/** @param many from how many found on they are not counted; which rows a page has does not depend on it */
export async function gapListPage(
	db: Db,
	actor: Actor,
	at: Date,
	filter: GapFilter,
	order: GapOrder,
	limit: number,
	many = MANY
): Promise<GapListPage> {
	if (filter.search?.trim()) return searchedPage(db, actor, at, filter, filter.search, order, limit, many);
	const counts = await gapCounts(db, actor, at, filter);
	return { counts, rows: await listed(db, actor, filter, order, limit, counts) };
}

export const gapList = async (db: Db, actor: Actor, at: Date, filter: GapFilter, order: GapOrder, limit: number): Promise<GapListRow[]> =>
	(await gapListPage(db, actor, at, filter, order, limit)).rows;

async function listed(db: Db, actor: Actor, filter: GapFilter, order: GapOrder, limit: number, counts: GapCounts): Promise<GapListRow[]> {
	const { rows } = await sql<GapListRow>`
		with listed as materialized (${gapPage(actor, filter, order, limit, counts)})
		select ${COLUMNS} from ${drawn(filter)} order by ${placed(order)}`.execute(db);
	return rows;
}

/** A search is made once for the page and its counts; of many found the gaps are looked up only where no index has the order. */
async function searchedPage(
	db: Db,
	actor: Actor,
	at: Date,
	filter: GapFilter,
	search: string,
	order: GapOrder,
	limit: number,
	many: number
): Promise<GapListPage> {
	await freshenGaps(db, at);
	const ofMany = pageAmongFound(filter, order, limit);
	const few = sql`select id, unit_id from found ${ofMany ? sql`where (select found from size) <= ${many}` : sql``}`;
	const { rows } = await sql<GapListRow & GapCounts & { found: number }>`
		with found as materialized (${foundPersons(actor, filter, search)}),
			size as materialized (select count(*)::int as found from found),
			looked_up as materialized (select * from ${rowsOfPersons(filter, few)}),
			listed as materialized (
				(${pageInOrder(sql`looked_up l`, filter, order, limit)})
				${ofMany ? sql`union all select * from (${ofMany}) l where (select found from size) > ${many}` : sql``})
		select t.*, size.found, ${COLUMNS}
		from size cross join (select ${COUNTS} from looked_up l) t left join (${drawn(filter)}) on true order by ${placed(order)}`.execute(db);
	const { people, short, unknown, found } = rows[0]!;
	const listed = rows.filter((row) => row.officer_id !== null);
	return {
		found,
		counts: found > many ? undefined : { people, short, unknown },
		// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the counts stand beside each row
		rows: listed.map(({ people, short, unknown, found, ...row }): GapListRow => row)
	};
}

const COLUMNS = sql`l.officer_id, c.display_name, c.post_name, c.unit_id, c.unit_name, c.opd_name, l.required, l.actual, l.gap, r.source, r.rated_at,
	p.place::text as key`;
const COUNTS = sql`count(*)::int as people, count(*) filter (where l.gap > 0)::int as short, count(*) filter (where l.gap is null)::int as unknown`;

/** What a page shows of the persons `listed`. */
const drawn = (filter: GapFilter) => sql`
	listed p join competency.officer_gaps l on (l.unit_id, l.competency_id, l.officer_id) = (p.unit_id, ${filter.competencyId}, p.officer_id)
		join people.officer_cards c on c.id = l.officer_id left join competency.ratings r on r.id = l.rating_id`;

function placed(order: GapOrder): RawBuilder<unknown> {
	const direction = order.descending ? sql`desc` : sql`asc`;
	return sql`p.place ${direction}, p.officer_id ${direction}`;
}

/** Over the filter without its state; without a search they are kept, of a unit and of everybody. */
export async function gapCounts(db: Db, actor: Actor, at: Date, filter: GapFilter): Promise<GapCounts> {
	await freshenGaps(db, at);
	if (!filter.search?.trim() && (filter.unitId || seesEverybody(actor, filter))) {
		const kept = await sql<GapCounts>`select coalesce(sum(g.people), 0)::int as people, coalesce(sum(g.with_gap), 0)::int as short,
				coalesce(sum(g.people - g.assessed), 0)::int as unknown
			from competency.gap_cells g where g.competency_id = ${filter.competencyId} and ${
				filter.unitId
					? sql`g.unit_id = ${filter.unitId} and g.whole = ${!filter.ownOnly}
						and exists (select 1 from people.current_units u where u.id = g.unit_id and ${personUnits(actor)})`
					: sql`not g.whole`
			}`.execute(db);
		return kept.rows[0]!;
	}
	const { rows } = await sql<GapCounts>`select ${COUNTS} from ${rowsOf(actor, filter)}`.execute(db);
	return rows[0]!;
}

export interface GapSpread extends GapCounts {
	/** Levels held, by level. */
	held: { level: number; people: number }[];
	/** The level asked, when it is the same of all. */
	required: number | undefined;
}

/** How the officers behind a cell of the map stand; `people` is 0 where the actor sees none. */
export async function gapSpread(db: Db, actor: Actor, at: Date, filter: GapFilter): Promise<GapSpread> {
	await freshenGaps(db, at);
	const { rows } = await sql<{ required: number; actual: number | null; people: number }>`
		select l.required, l.actual, count(*)::int as people from ${rowsOf(actor, filter)}
		group by l.required, l.actual`.execute(db);
	const sum = (chosen: (row: (typeof rows)[number]) => boolean) => rows.filter(chosen).reduce((all, row) => all + row.people, 0);
	return {
		people: sum(() => true),
		short: sum((row) => row.actual !== null && row.actual < row.required),
		unknown: sum((row) => row.actual === null),
		held: [1, 2, 3, 4, 5].map((level) => ({ level, people: sum((row) => row.actual === level) })),
		required: new Set(rows.map((row) => row.required)).size === 1 ? rows[0]!.required : undefined
	};
}

const BATCH = 1000;

export async function* gapBatches(db: Db, actor: Actor, at: Date, filter: GapFilter, order: GapOrder): AsyncGenerator<GapListRow[]> {
	const counts = await gapCounts(db, actor, at, filter);
	let after: GapOrder['after'];
	for (;;) {
		const rows = await listed(db, actor, filter, { ...order, after }, BATCH, counts);
		if (rows.length > 0) yield rows;
		if (rows.length < BATCH) return;
		after = { value: rows.at(-1)!.key, id: rows.at(-1)!.officer_id };
	}
}

/**
 * Reading the persons behind a figure, on the page or as a sheet, is kept in the trail.
 * @param people undefined where so many were found that they were not counted
 */
export async function gapsRead(
	db: Db,
	actor: Actor,
	at: Date,
	filter: GapFilter,
	how: 'page' | 'sheet',
	people: number | undefined
): Promise<void> {
	const { competencyId, unitId, ...rest } = filter;
	const action = how === 'sheet' ? 'competency.gaps_exported' : 'competency.read_gaps';
	await audit(db, actor, at, action, { type: 'unit', id: unitId ?? 'all' }, { competency: competencyId, ...rest, people });
}
