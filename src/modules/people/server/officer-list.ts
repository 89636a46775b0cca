/** The directory as a list: filtered, ordered, key-paged, with chosen columns, and the same as a sheet. */
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { keyed } from '#platform/lists.ts';
import type { EmploymentKind, OfficerSort, PostKind } from '../rules.ts';
import { NUMBER_READERS, seesAll, visibleOfficers, visibleUnits } from './access.ts';
import { foundNames, isFound, unitsOfNames } from './search.ts';

export interface OfficerFilter {
	search?: string | undefined;
	unitId?: string | undefined;
	kind?: EmploymentKind | undefined;
	postKind?: PostKind | undefined;
	/** Those who left or retired; without it the active ones. */
	inactive?: boolean | undefined;
}

export interface OfficerOrder {
	sort: OfficerSort;
	descending: boolean;
	after: { value: string; id: string } | undefined;
}

export interface OfficerListRow {
	id: string;
	/** Value of the order, for the key of the next page. */
	key: string;
	display_name: string;
	/** Null for those who may not know numbers. */
	nip: string | null;
	post_name: string | null;
	rung: string | null;
	unit_id: string | null;
	unit_name: string | null;
	opd_name: string | null;
	employment_kind: EmploymentKind;
	rank_code: string | null;
	education_level_name: string | null;
	joined_on: string | null;
}

const BEGINNING: OfficerOrder = { sort: 'name', descending: false, after: undefined };

/** What each order compares, on alias `c` of `people.officer_cards`, and its type. */
const EXPRESSIONS: Record<OfficerSort, [RawBuilder<unknown>, 'text' | 'date']> = {
	name: [sql`c.full_name`, 'text'],
	post: [sql`coalesce(c.post_name, '')`, 'text'],
	unit: [sql`coalesce(c.unit_name, '')`, 'text'],
	opd: [sql`coalesce(c.opd_name, '')`, 'text'],
	kind: [sql`c.employment_kind`, 'text'],
	rank: [sql`coalesce(c.rank_code, '')`, 'text'],
	joined: [sql`coalesce(c.joined_on, '0001-01-01'::date)`, 'date']
};

/** Officers in the actor's scope. Words of the search may come in any order, titled or misspelt. */
export async function officerList(
	db: Db,
	actor: Actor,
	filter: OfficerFilter,
	order: OfficerOrder = BEGINNING,
	limit = 50
): Promise<OfficerListRow[]> {
	const { rows } = await sql<OfficerListRow>`${listed(actor, searched(actor, filter), order, limit)}`.execute(db);
	return rows;
}

/** Without a search the kept numbers by unit and kind are added up. */
export async function officerCount(db: Db, actor: Actor, filter: OfficerFilter): Promise<number> {
	if (!filter.search?.trim()) {
		const units = sql`${visibleUnits(actor)} ${below(filter, sql`u.path`)}`;
		return keptCount(db, kindsOf(filter), seesAll(actor) && !inUnit(filter) ? undefined : units);
	}
	const { rows } = await sql<{
		count: number;
	}>`select count(*)::int as count from people.officer_cards c where ${searched(actor, filter)}`.execute(db);
	return rows[0]!.count;
}

/** A page of the list and how many there are; a search is made once for both. */
export async function officersPage(
	db: Db,
	actor: Actor,
	filter: OfficerFilter,
	order: OfficerOrder,
	limit: number
): Promise<{ rows: OfficerListRow[]; count: number }> {
	if (!filter.search?.trim()) {
		const [rows, count] = await Promise.all([officerList(db, actor, filter, order, limit), officerCount(db, actor, filter)]);
		return { rows, count };
	}
	const [expression, type] = EXPRESSIONS[order.sort];
	const by = keyed(sql`f.place`, type, sql`f.id`, order);
	const { rows } = await sql<OfficerListRow & { count: number }>`
		with found as materialized (
				select c.id, ${expression} as place
				from (select * from ${foundNames(actor, filter.search)} ${order.sort === 'unit' || order.sort === 'opd' ? unitsOfNames : sql``}) c where ${conditionOf(actor, filter)}),
			page as (select f.id, f.place from found f where true ${by.after} order by ${by.order} limit ${sql.lit(limit)})
		select t.count, ${columns(actor)}, ${by.key} as key
		from (select count(*)::int as count from found) t left join (page f ${DRAWN}) on true
		order by ${by.order}`.execute(db);
	const { count } = rows[0]!;
	// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the count stands beside each row
	return { rows: rows.filter((row) => row.id !== null).map(({ count, ...row }): OfficerListRow => row), count };
}

/** What is shown of those on a page `f`. */
const DRAWN = sql`join people.officer_cards c on c.id = f.id join people.officers o on o.id = c.id`;

function listed(actor: Actor, condition: RawBuilder<unknown>, order: OfficerOrder, limit: number): RawBuilder<unknown> {
	const [expression, type] = EXPRESSIONS[order.sort];
	const by = keyed(expression, type, sql`c.id`, order);
	// the length is written out: a plan for any length reckons with a tenth of all rows
	return sql`
		select ${columns(actor)}, ${by.key} as key
		from people.officer_cards c join people.officers o on o.id = c.id where ${condition} ${by.after}
		order by ${by.order} limit ${sql.lit(limit)}`;
}

const columns = (
	actor: Actor
) => sql`c.id, c.display_name, case when ${visibleOfficers(actor, ...NUMBER_READERS)} then c.nip end as nip, c.post_name, c.rung,
	c.unit_id, c.unit_name, c.opd_name, c.employment_kind, c.rank_code, o.education_level_name, c.joined_on`;

/**
 * Adds up the kept numbers.
 * @param kinds condition on alias `c` of `people.officer_counts`
 * @param units condition on alias `u` of `people.current_units`; without it all, and officers of none
 */
export async function keptCount(db: Db, kinds: RawBuilder<unknown>, units?: RawBuilder<unknown>): Promise<number> {
	const { rows } = await sql<{
		count: number;
	}>`select coalesce(sum(c.officers), 0)::int as count from people.officer_counts c where ${kinds}
		${units ? sql`and c.unit_id in (select u.id from people.current_units u where ${units})` : sql``}`.execute(db);
	return rows[0]!.count;
}

/** Active officers of these kinds where the actor holds one of the roles. */
export const activeOfficers = (db: Db, actor: Actor, kinds: EmploymentKind[], ...roles: string[]): Promise<number> =>
	keptCount(db, sql`c.active and c.employment_kind = any(${kinds})`, seesAll(actor, ...roles) ? undefined : visibleUnits(actor, ...roles));

/** Many small differences of the kept numbers become one row a kind; at any time, and to the same sums. */
export const foldOfficerCounts = async (db: Db): Promise<void> => void (await sql`select people.fold_officer_counts()`.execute(db));

const BATCH = 1000;

/** The whole list in batches, for a sheet. The caller has kept in the trail that it leaves (`officersExported`). */
export async function* officerBatches(db: Db, actor: Actor, filter: OfficerFilter, order: OfficerOrder): AsyncGenerator<OfficerListRow[]> {
	let after: OfficerOrder['after'];
	for (;;) {
		const rows = await officerList(db, actor, filter, { ...order, after }, BATCH);
		if (rows.length > 0) yield rows;
		if (rows.length < BATCH) return;
		after = { value: rows.at(-1)!.key, id: rows.at(-1)!.id };
	}
}

export async function officersExported(db: Db, actor: Actor, at: Date, filter: OfficerFilter, columns: readonly string[]): Promise<void> {
	const rows = await officerCount(db, actor, filter);
	await audit(db, actor, at, 'people.officers_exported', { type: 'list', id: 'officers' }, { ...filter, columns, rows });
}

const searched = (actor: Actor, filter: OfficerFilter): RawBuilder<boolean> =>
	sql<boolean>`${conditionOf(actor, filter)} ${filter.search?.trim() ? sql`and ${isFound(actor, filter.search, sql`c.id`)}` : sql``}`;

/** Without its search. */
const conditionOf = (actor: Actor, filter: OfficerFilter): RawBuilder<boolean> =>
	sql<boolean>`${visibleOfficers(actor)} and ${kindsOf(filter)} ${below(filter, sql`c.unit_path`)}`;

const kindsOf = (filter: OfficerFilter) => sql`${filter.inactive ? sql`not c.active` : sql`c.active`}
	${filter.kind ? sql`and c.employment_kind = ${filter.kind}` : sql``} ${filter.postKind ? sql`and c.post_kind = ${filter.postKind}` : sql``}`;

const inUnit = (filter: OfficerFilter): boolean => !!filter.unitId && isId(filter.unitId);

const below = (filter: OfficerFilter, path: RawBuilder<unknown>) =>
	inUnit(filter) ? sql`and ${path} <@ (select path from people.current_units where id = ${filter.unitId})` : sql``;
