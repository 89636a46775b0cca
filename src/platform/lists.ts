/** A list's view is its address: chosen columns, order, and the key of the last row of the page before. */
import { sql, type RawBuilder } from 'kysely';
import { isDay } from './days.ts';
import { isId } from './ids.ts';

export interface ListSpec<Column extends string, Sort extends string> {
	columns: readonly Column[];
	/** Shown until somebody chooses. The first column of all is always shown. */
	initial: readonly Column[];
	/** The first is the order until somebody chooses; a `-` before it turns it round. */
	sorts: readonly Sort[];
	/** Orders that begin with the largest, such as a gap. */
	largestFirst?: readonly Sort[];
}

export interface ListView<Column extends string, Sort extends string> {
	columns: Column[];
	sort: Sort;
	descending: boolean;
	/** Value of the order and id of the row after which the page begins. */
	after: { value: string; id: string } | undefined;
}

/** Reads `kolom`, `urut`, `nilai` and `sesudah`; what is not known is as if it were not there. */
export function listView<Column extends string, Sort extends string>(url: URL, spec: ListSpec<Column, Sort>): ListView<Column, Sort> {
	const asked = url.searchParams.getAll('kolom');
	const chosen = asked.length === 0 ? spec.initial : spec.columns.filter((column) => asked.includes(column));
	const columns = spec.columns.filter((column, at) => at === 0 || chosen.includes(column));
	const order = url.searchParams.get('urut') ?? '';
	const turned = order.startsWith('-');
	const known = spec.sorts.find((name) => name === order.replace(/^-/, ''));
	const sort = known ?? spec.sorts[0]!;
	const id = url.searchParams.get('sesudah') ?? '';
	const value = url.searchParams.get('nilai');
	return {
		columns,
		sort,
		descending: (known !== undefined && turned) !== (spec.largestFirst?.includes(sort) ?? false),
		after: value !== null && isId(id) ? { value, id } : undefined
	};
}

/** The same list after its last row. */
export function nextPage(url: URL, last: { value: string; id: string }): string {
	const search = new URLSearchParams(url.searchParams);
	search.set('sesudah', last.id);
	search.set('nilai', last.value);
	return `${url.pathname}?${search}`;
}

/** The same list from its beginning, with other values of its view; null where it is there already and nothing changes. */
export function fromBeginning(url: URL, change: Record<string, string> = {}): string | null {
	if (!url.searchParams.has('sesudah') && Object.keys(change).length === 0) return null;
	const search = new URLSearchParams(url.searchParams);
	for (const name of ['sesudah', 'nilai']) search.delete(name);
	for (const [name, value] of Object.entries(change)) search.set(name, value);
	return search.size > 0 ? `${url.pathname}?${search}` : url.pathname;
}

export interface Part<Row> {
	rows: Row[];
	/** Rows before it. */
	start: number;
	/** Ids after which this part, the one before and the next begin: '' for the first, null where there is none. */
	begins: string;
	previous: string | null;
	next: string | null;
}

/** A part of rows that are all at hand, after the row of that id; an id that is not known is the beginning. */
export function partOf<Row>(rows: Row[], idOf: (row: Row) => string, after: string | null, size: number): Part<Row> {
	const start = after === null ? 0 : rows.findIndex((row) => idOf(row) === after) + 1;
	const before = (index: number) => (index > 0 ? idOf(rows[index - 1]!) : '');
	return {
		rows: rows.slice(start, start + size),
		start,
		begins: before(start),
		previous: start > 0 ? before(start - size) : null,
		next: start + size < rows.length ? before(start + size) : null
	};
}

/** Heading that orders: once as usual, again the other way round. */
export const orderedBy = <Sort extends string>(
	url: URL,
	view: { sort: Sort; descending: boolean },
	spec: { largestFirst?: readonly Sort[] },
	sort: Sort
): string => {
	const usual = spec.largestFirst?.includes(sort) ?? false;
	return fromBeginning(url, { urut: view.sort === sort && view.descending === usual ? `-${sort}` : sort })!;
};

/**
 * `order by` and the condition that begins after a key. `expression` must not be null and is compared as `type`; ties
 * go by id.
 */
export function keyed(
	expression: RawBuilder<unknown>,
	type: 'text' | 'int' | 'date',
	id: RawBuilder<unknown>,
	view: { descending: boolean; after: { value: string; id: string } | undefined }
): { order: RawBuilder<unknown>; after: RawBuilder<unknown>; key: RawBuilder<unknown> } {
	const direction = view.descending ? sql`desc` : sql`asc`;
	const value = view.after?.value ?? '';
	const usable = view.after && (type === 'text' || (type === 'int' ? /^-?\d{1,9}$/.test(value) : isDay(value)));
	return {
		key: sql`(${expression})::text`,
		order: sql`${expression} ${direction}, ${id} ${direction}`,
		after: usable
			? sql`and (${expression}, ${id}) ${view.descending ? sql`<` : sql`>`} (${value}::${sql.raw(type)}, ${view.after!.id}::uuid)`
			: sql``
	};
}
