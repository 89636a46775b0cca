/** The directory as a list: filtered, ordered, key-paged, with chosen columns, and the same as a sheet. */
import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { keyed } from '#platform/lists.ts';
import type { EmploymentKind, OfficerSort, PostKind } from '../rules.ts';
import { NUMBER_READERS, visibleOfficers, visibleUnits } from './access.ts';
import { officerMatches } from './search.ts';

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
	const [expression, type] = EXPRESSIONS[order.sort];
	const by = keyed(expression, type, sql`c.id`, order);
	const { rows } = await sql<OfficerListRow>`
		select c.id, ${by.key} as key, c.display_name, case when ${visibleOfficers(actor, ...NUMBER_READERS)} then c.nip end as nip, c.post_name, c.rung,
			c.unit_id, c.unit_name, c.opd_name, c.employment_kind, c.rank_code, o.education_level_name, c.joined_on
		from people.officer_cards c join people.officers o on o.id = c.id where ${conditionOf(actor, filter)} ${by.after}
		order by ${by.order} limit ${limit}`.execute(db);
	return rows;
}

/** Adds up the kept numbers. @param condition on aliases `c` of `people.officer_counts` and `u` of `people.current_units` */
export async function keptCount(db: Db, condition: RawBuilder<unknown>): Promise<number> {
	const { rows } = await sql<{ count: number }>`select coalesce(sum(c.officers), 0)::int as count
		from people.officer_counts c left join people.current_units u on u.id = c.unit_id where ${condition}`.execute(db);
	return rows[0]!.count;
}

/** Without a search the kept numbers by unit and kind are added up. */
export async function officerCount(db: Db, actor: Actor, filter: OfficerFilter): Promise<number> {
	if (!filter.search?.trim()) return keptCount(db, sql`${visibleUnits(actor)} and ${kindsOf(filter)} ${below(filter, sql`u.path`)}`);
	const { rows } = await sql<{
		count: number;
	}>`select count(*)::int as count from people.officer_cards c where ${conditionOf(actor, filter)}`.execute(db);
	return rows[0]!.count;
}

/** Active officers of these kinds where the actor holds one of the roles. */
export const activeOfficers = (db: Db, actor: Actor, kinds: EmploymentKind[], ...roles: string[]): Promise<number> =>
	keptCount(db, sql`c.active and c.employment_kind = any(${kinds}) and ${visibleUnits(actor, ...roles)}`);

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

function conditionOf(actor: Actor, filter: OfficerFilter): RawBuilder<boolean> {
	return sql<boolean>`${visibleOfficers(actor)} and ${kindsOf(filter)} ${below(filter, sql`c.unit_path`)}
		${filter.search?.trim() ? sql`and ${officerMatches(actor, filter.search)}` : sql``}`;
}

const kindsOf = (filter: OfficerFilter) => sql`c.active = ${!filter.inactive}
	${filter.kind ? sql`and c.employment_kind = ${filter.kind}` : sql``} ${filter.postKind ? sql`and c.post_kind = ${filter.postKind}` : sql``}`;

const below = (filter: OfficerFilter, path: RawBuilder<unknown>) =>
	filter.unitId && isId(filter.unitId) ? sql`and ${path} <@ (select path from people.current_units where id = ${filter.unitId})` : sql``;
