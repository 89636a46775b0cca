/** The persons behind a cell of the gap map as a list: filtered, ordered, key-paged, and the same as a sheet. */
import { sql, type RawBuilder } from 'kysely';
import { officerMatches } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { keyed } from '#platform/lists.ts';
import type { GapSort, GapState } from '../rules.ts';
import { personsScope } from './access.ts';
import type { OfficerGap } from './gaps.ts';
import { levels } from './levels.ts';

export interface GapFilter {
	competencyId: string;
	unitId?: string | undefined;
	/** The officers of the unit itself, without those of its parts. */
	ownOnly?: boolean | undefined;
	search?: string | undefined;
	/** Without it everybody of whom the competency is asked. */
	state?: GapState | undefined;
}

export interface GapOrder {
	sort: GapSort;
	descending: boolean;
	after: { value: string; id: string } | undefined;
}

export interface GapListRow extends OfficerGap {
	key: string;
	opd_name: string | null;
}

const EXPRESSIONS: Record<GapSort, [RawBuilder<unknown>, 'text' | 'int' | 'date']> = {
	// not known is not zero: it comes after every gap that is known
	gap: [sql`coalesce(l.gap, -1)`, 'int'],
	name: [sql`c.full_name`, 'text'],
	unit: [sql`coalesce(c.unit_name, '')`, 'text'],
	required: [sql`l.required`, 'int'],
	actual: [sql`coalesce(l.actual, -1)`, 'int'],
	rated: [sql`coalesce((r.rated_at at time zone 'Asia/Jakarta')::date, '0001-01-01'::date)`, 'date']
};

const STATES: Record<GapState, RawBuilder<unknown>> = {
	short: sql`and l.gap > 0`,
	met: sql`and l.gap = 0`,
	unknown: sql`and l.gap is null`
};

/** Condition on alias `c` of `people.officer_cards`. */
function scopeOf(actor: Actor, filter: GapFilter): RawBuilder<unknown> {
	const inside = filter.unitId
		? filter.ownOnly
			? sql`and c.unit_id = ${filter.unitId}`
			: sql`and c.unit_path <@ (select path from people.current_units where id = ${filter.unitId})`
		: sql``;
	const found = filter.search?.trim() ? sql`and ${officerMatches(actor, filter.search)}` : sql``;
	return sql`c.active and ${personsScope(actor)} ${inside} ${found}`;
}

const behind = (actor: Actor, at: Date, filter: GapFilter): RawBuilder<unknown> => levels(at, scopeOf(actor, filter), filter.competencyId);

export interface GapCounts {
	people: number;
	short: number;
	unknown: number;
}

const columns = sql.raw(
	'l.officer_id, c.display_name, c.post_name, c.unit_id, c.unit_name, c.opd_name, l.required, l.actual, l.gap, r.source, r.rated_at'
);
const counts = sql.raw(
	'count(*)::int as people, count(*) filter (where gap > 0)::int as short, count(*) filter (where gap is null)::int as unknown'
);

function listed(actor: Actor, filter: GapFilter, order: GapOrder, limit: number): RawBuilder<unknown> {
	const [expression, type] = EXPRESSIONS[order.sort];
	const by = keyed(expression, type, sql`c.id`, order);
	return sql`select ${columns}, ${by.key} as key, row_number() over (order by ${by.order}) as place
		from levels l join people.officer_cards c on c.id = l.officer_id left join competency.ratings r on r.id = l.rating_id
		-- the scope once more, so that cards are read by its index here too
		where l.required is not null and ${scopeOf(actor, filter)} ${filter.state ? STATES[filter.state] : sql``} ${by.after}
		order by ${by.order} limit ${limit}`;
}

/** Only persons the actor may see; nobody outside is hinted at. */
export async function gapList(db: Db, actor: Actor, at: Date, filter: GapFilter, order: GapOrder, limit: number): Promise<GapListRow[]> {
	const { rows } = await sql<GapListRow>`with ${behind(actor, at, filter)} ${listed(actor, filter, order, limit)}`.execute(db);
	return rows;
}

/** Over the filter without its state. */
export async function gapCounts(db: Db, actor: Actor, at: Date, filter: GapFilter): Promise<GapCounts> {
	const { rows } = await sql<GapCounts>`with ${behind(actor, at, filter)} select ${counts} from levels where required is not null`.execute(
		db
	);
	return rows[0]!;
}

/** Both at once: the levels of a large office are found one time. */
export async function gapPage(
	db: Db,
	actor: Actor,
	at: Date,
	filter: GapFilter,
	order: GapOrder,
	limit: number
): Promise<{ counts: GapCounts; rows: GapListRow[] }> {
	const { rows } = await sql<GapCounts & (GapListRow | { officer_id: null })>`with ${behind(actor, at, filter)},
		listed as (${listed(actor, filter, order, limit)}),
		totals as (select ${counts} from levels where required is not null)
		select * from totals left join listed on true order by place`.execute(db);
	const { people, short, unknown } = rows[0]!;
	const persons = rows.flatMap(({ people: _p, short: _s, unknown: _u, ...row }) => (row.officer_id === null ? [] : [row]));
	return { counts: { people, short, unknown }, rows: persons };
}

const BATCH = 1000;

export async function* gapBatches(db: Db, actor: Actor, at: Date, filter: GapFilter, order: GapOrder): AsyncGenerator<GapListRow[]> {
	let after: GapOrder['after'];
	for (;;) {
		const rows = await gapList(db, actor, at, filter, { ...order, after }, BATCH);
		if (rows.length > 0) yield rows;
		if (rows.length < BATCH) return;
		after = { value: rows.at(-1)!.key, id: rows.at(-1)!.officer_id };
	}
}

/** Reading the persons behind a figure, on the page or as a sheet, is kept in the trail. */
export async function gapsRead(db: Db, actor: Actor, at: Date, filter: GapFilter, how: 'page' | 'sheet', people: number): Promise<void> {
	const { competencyId, unitId, ...rest } = filter;
	const action = how === 'sheet' ? 'competency.gaps_exported' : 'competency.read_gaps';
	await audit(db, actor, at, action, { type: 'unit', id: unitId ?? 'all' }, { competency: competencyId, ...rest, people });
}
