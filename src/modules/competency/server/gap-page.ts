/**
 * Which persons stand on a page of the list behind a cell. Put in order are as few rows as the kept figures allow: of a
 * large office the rows are read in their order until the page is full.
 */
import { sql, type RawBuilder } from 'kysely';
import { foundNames, unitsOfNames } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { keyed } from '#platform/lists.ts';
import type { GapSort, GapState } from '../rules.ts';
import { mayReadPersons, personUnits } from './access.ts';
import { NOWHERE } from './kept-gaps.ts';

export interface GapFilter {
	competencyId: string;
	unitId?: string | undefined;
	/** The officers of the unit itself, without those of its parts. */
	ownOnly?: boolean | undefined;
	search?: string | undefined;
	/** Without it everybody of whom the competency is asked. */
	state?: GapState | undefined;
}

export interface GapCounts {
	people: number;
	short: number;
	unknown: number;
}

export interface GapOrder {
	sort: GapSort;
	descending: boolean;
	after: { value: string; id: string } | undefined;
}

const CARDS = sql`join people.officer_cards c on c.id = l.officer_id`;

/** What an order compares, its type, and what has to be joined for it. */
type Compared = [RawBuilder<unknown>, 'text' | 'int' | 'date', RawBuilder<unknown>?];

const EXPRESSIONS: Record<GapSort, Compared> = {
	// not known is not zero: it comes after every gap that is known
	gap: [sql`coalesce(l.gap, -1)`, 'int'],
	name: [sql`c.full_name`, 'text', CARDS],
	unit: [sql`coalesce(c.unit_name, '')`, 'text', CARDS],
	required: [sql`l.required`, 'int'],
	actual: [sql`coalesce(l.actual, -1)`, 'int'],
	rated: [sql`coalesce(l.rated_on, '0001-01-01'::date)`, 'date']
};

/** A state as a condition on alias `l` of `officer_gaps`, and how many there are by alias `k` of `gap_cells`. */
const STATES: Record<GapState | 'any', { inState: RawBuilder<unknown>; many: RawBuilder<unknown> }> = {
	any: { inState: sql``, many: sql`k.people` },
	short: { inState: sql`and l.gap > 0`, many: sql`k.with_gap` },
	met: { inState: sql`and l.gap = 0`, many: sql`(k.assessed - k.with_gap)` },
	unknown: { inState: sql`and l.gap is null`, many: sql`(k.people - k.assessed)` }
};
const stateOf = ({ state }: GapFilter) => STATES[state ?? 'any'];

/** No unit asked for, and no limit to what the actor may see. */
export const seesEverybody = (actor: Actor, filter: GapFilter): boolean => !filter.unitId && mayReadPersons(actor, null);

/** Ids of the units asked for that the actor may see. */
function unitsOf(actor: Actor, filter: GapFilter): RawBuilder<unknown> {
	const inside = filter.unitId
		? filter.ownOnly
			? sql`u.id = ${filter.unitId}`
			: sql`u.path <@ (select path from people.current_units where id = ${filter.unitId})`
		: sql`true`;
	return sql`select u.id from people.current_units u where ${personUnits(actor)} and ${inside}`;
}

const inUnits = (actor: Actor, filter: GapFilter, unitId: RawBuilder<unknown>) =>
	seesEverybody(actor, filter) ? sql`true` : sql`${unitId} = any(array(${unitsOf(actor, filter)}))`;

/** A table `l` with rows of `competency.officer_gaps`; only persons the actor may see, nobody outside is hinted at. */
export const rowsOf = (actor: Actor, filter: GapFilter): RawBuilder<unknown> =>
	filter.search?.trim()
		? rowsOfPersons(filter, foundPersons(actor, filter, filter.search))
		: sql`(
	select l.* from competency.officer_gaps l where l.competency_id = ${filter.competencyId} and ${inUnits(actor, filter, sql`l.unit_id`)}) l`;

/** Those whom a search finds, whether or not the competency is asked of them: `id, unit_id, full_name`. */
export const foundPersons = (actor: Actor, filter: GapFilter, search: string): RawBuilder<unknown> => sql`
	select c.id, coalesce(c.unit_id, ${NOWHERE}) as unit_id, c.full_name from ${foundNames(actor, search)}
	where c.active and ${seesEverybody(actor, filter) ? sql`true` : sql`(c.unit_id in (${unitsOf(actor, filter)})) is true`}`;

/** A table `l` with the rows of these persons, each by its key, in the order of the keys. */
export const rowsOfPersons = (filter: GapFilter, persons: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
	select l.* from (select c.id, c.unit_id from (${persons}) c order by 2, 1 offset 0) c cross join lateral ${gapOf({ competencyId: filter.competencyId })}) l`;

/** From here on reading in order until a page is full is the shorter way. */
const LARGE = 2000;

/**
 * `unit_id, officer_id, place` of the page, `place` being what the order compares: putting tens of thousands of rows in
 * order takes the longer the wider they are.
 * @param counts over the filter without its state
 * @param large from how many persons on; what comes out does not depend on it
 */
export function gapPage(
	actor: Actor,
	filter: GapFilter,
	order: GapOrder,
	limit: number,
	counts: GapCounts,
	large = LARGE
): RawBuilder<unknown> {
	const inOrder = pageInOrder(rowsOf(actor, filter), filter, order, limit);
	if (filter.search?.trim()) return inOrder;
	const { people, short, unknown } = counts;
	const chosen = { any: people, short, met: people - short - unknown, unknown }[filter.state ?? 'any'];
	// the first page of all is the same when those who fall short fill it
	const onlyShort = filter.state === 'short' || (filter.state === undefined && !order.after && short >= limit);
	if (order.sort === 'gap' && order.descending && onlyShort && people >= large)
		return byGap(filter, order, limit, inUnits(actor, filter, sql`l.unit_id`));
	if (order.sort === 'name' && chosen >= large) return byName(actor, filter, order, limit);
	// units are few, and so it pays sooner
	if (order.sort === 'unit' && chosen >= large / 10) return byUnit(actor, filter, order, limit);
	return inOrder;
}

/** The page of many persons in a table `found`, as `foundPersons`, without the gap of each; undefined where the order needs them all. */
export function pageAmongFound(filter: GapFilter, order: GapOrder, limit: number): RawBuilder<unknown> | undefined {
	if (order.sort === 'name' || order.sort === 'unit') return byFound(filter, order, limit, EXPRESSIONS[order.sort]);
	if (order.sort !== 'gap' || filter.state === undefined) return undefined;
	// `is true` keeps the planner from joining them, and so from reading all to put them in order
	if (filter.state === 'short') return byGap(filter, order, limit, sql`(l.officer_id in (select id from found)) is true`);
	// the gap of all is the same
	return byFound(filter, order, limit, [filter.state === 'met' ? sql`0` : sql`-1`, 'int']);
}

// lengths of pages are written out: a plan for any length reckons with a tenth of all rows
const page = (expression: RawBuilder<unknown>) => sql`select l.unit_id, l.officer_id, ${expression} as place`;

/** @param rows a table `l`, such as `rowsOf` */
export function pageInOrder(rows: RawBuilder<unknown>, filter: GapFilter, order: GapOrder, limit: number): RawBuilder<unknown> {
	const [expression, type, joined = sql``] = EXPRESSIONS[order.sort];
	const by = keyed(expression, type, sql`l.officer_id`, order);
	return sql`${page(expression)} from ${rows} ${joined}
		where true ${stateOf(filter).inState} ${by.after} order by ${by.order} limit ${sql.lit(limit)}`;
}

// what follows reads rows in an order; `offset 0` keeps the planner from putting all of them in order first

/** By the index `officer_gaps_short`. `who` is a condition on alias `l`. */
function byGap(filter: GapFilter, order: GapOrder, limit: number, who: RawBuilder<unknown>): RawBuilder<unknown> {
	// the same number, as the index has it
	const by = keyed(sql`l.gap`, 'int', sql`l.officer_id`, order);
	return sql`${page(sql`l.gap`)}
		from (
			select l.* from competency.officer_gaps l
			where l.competency_id = ${filter.competencyId} and l.gap > 0 ${by.after} order by ${by.order} offset 0) l
		where ${who} order by ${by.order} limit ${sql.lit(limit)}`;
}

/** By the index of the cards, and the gap of each. */
function byName(actor: Actor, filter: GapFilter, order: GapOrder, limit: number): RawBuilder<unknown> {
	const by = keyed(sql`c.full_name`, 'text', sql`c.id`, order);
	return sql`${page(sql`c.full_name`)}
		from (
			select c.id, c.full_name, coalesce(c.unit_id, ${NOWHERE}) as unit_id from people.officer_cards c
			where c.active ${by.after} order by ${by.order} offset 0) c
		cross join lateral ${gapOf(filter)}
		where ${inUnits(actor, filter, sql`c.unit_id`)} order by ${by.order} limit ${sql.lit(limit)}`;
}

/** Those found, put in order by what is known without their gaps, and the gap of each until the page is full. */
function byFound(filter: GapFilter, order: GapOrder, limit: number, [expression, type]: Compared): RawBuilder<unknown> {
	const by = keyed(sql`c.place`, type, sql`c.id`, order);
	// what is the same of all orders nothing; with it the planner would put all in order once more
	const inOrder = order.sort === 'gap' ? sql`c.id ${order.descending ? sql`desc` : sql`asc`}` : by.order;
	const unit = order.sort === 'unit' ? unitsOfNames : sql``;
	return sql`${page(sql`c.place`)}
		from (
			select * from (select c.id, c.unit_id, ${expression} as place from (select * from found c ${unit}) c) c
			where true ${by.after} order by ${inOrder} offset 0) c
		cross join lateral ${gapOf(filter)} order by ${inOrder} limit ${sql.lit(limit)}`;
}

/** A table `l` with the row of a person `c (id, unit_id)`, if it is in the state asked for. */
const gapOf = (filter: GapFilter): RawBuilder<unknown> => sql`(
	select l.* from competency.officer_gaps l
	where l.unit_id = c.unit_id and l.officer_id = c.id and l.competency_id = ${filter.competencyId} ${stateOf(filter).inState} offset 0) l`;

/** Of the units that fill the page by their kept figures, in the order of their names; who stands in none comes first. */
function byUnit(actor: Actor, filter: GapFilter, order: GapOrder, limit: number): RawBuilder<unknown> {
	const { inState, many } = stateOf(filter);
	const by = keyed(sql`u.name`, 'text', sql`l.officer_id`, order);
	const from = order.after?.value;
	const name = sql`coalesce(u.name, '')`;
	return sql`${page(sql`u.name`)}
		from (
			-- of the unit where the page begins some are shown already: it is not counted
			select k.unit_id, ${name} as name, sum(${from === undefined ? many : sql`case when ${name} = ${from} then 0 else ${many} end`})
				over (order by ${name} ${order.descending ? sql`desc` : sql`asc`} groups between unbounded preceding and 1 preceding) as before
			from competency.gap_cells k left join people.current_units u on u.id = k.unit_id
			where k.competency_id = ${filter.competencyId} and not k.whole and ${inUnits(actor, filter, sql`k.unit_id`)}
				${from === undefined ? sql`` : sql`and ${name} ${order.descending ? sql`<=` : sql`>=`} ${from}`}) u
		cross join lateral (
			select l.* from competency.officer_gaps l
			where l.unit_id = u.unit_id and l.competency_id = ${filter.competencyId} ${inState} offset 0) l
		where coalesce(u.before, 0) < ${limit} ${by.after} order by ${by.order} limit ${sql.lit(limit)}`;
}
