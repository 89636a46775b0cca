import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { SMALLEST_SHOWN, hiddenCells, type Source } from '../rules.ts';
import { countScopes, countsUnits, mayReadGaps, mayReadPersons, personsScope } from './access.ts';
import { cellsOf, freshenGapCells } from './gap-cells.ts';
import { levels } from './levels.ts';
import { openedUnit, shownUnit, type UnitRow } from './opened-unit.ts';

export interface GapCell {
	competencyId: string;
	/** Officers of whom the competency is asked. */
	people: number;
	/** Of these, with a valid rating. */
	assessed: number;
	/** Of these, below the required level. */
	withGap: number;
	/** Mean level short, over the assessed; null when nobody is. */
	meanGap: number | null;
	/** True when the figures are about so few people that this actor may not know them; they then read 0 and null. */
	hidden: boolean;
}

export interface GapRow {
	unitId: string;
	unitName: string;
	/** Units below it, to open. */
	hasUnits: boolean;
	/** The officers of the chosen unit itself, beside those of its parts. */
	own: boolean;
	/** May this actor open the persons of this row. */
	persons: boolean;
	people: number;
	cells: Map<string, GapCell>;
}

export interface GapMap {
	/** The unit whose parts are the rows; null = everything the actor may see. */
	unit: { id: string; name: string; path: string; parent: { id: string; name: string } | null } | null;
	rows: GapRow[];
}

/**
 * Gap per part of a unit and competency. Without `unitId`: the top of what the actor's roles cover; a single top unit
 * is opened at once.
 * @throws NotFound when the unit lies outside the actor's subtrees
 */
export async function gapsByUnit(db: Db, actor: Actor, at: Date, options: { unitId?: string | undefined } = {}): Promise<GapMap> {
	const { unit, parts } = await openedUnit(db, actor, options.unitId || undefined);
	const counted = await countedRows(db, at, unit, parts);
	const rows = [...(unit ? [{ ...unit, own: true }] : []), ...parts.map((part) => ({ ...part, own: false }))]
		.map((part) => ({
			unitId: part.id,
			unitName: part.name,
			hasUnits: !part.own && counted.parents.has(part.id),
			own: part.own,
			persons: mayReadPersons(actor, part.path),
			people: counted.people.get(part.id) ?? 0,
			cells: counted.cells.get(part.id) ?? new Map<string, GapCell>()
		}))
		.filter((row) => row.people > 0);
	hideSmall(rows.filter((row) => !row.persons));
	return {
		unit: unit ? { ...shownUnit(actor, unit), path: unit.path } : null,
		rows
	};
}

/** Blanks the cells of a few people, column by column, so that none can be had by subtraction either. */
function hideSmall(rows: GapRow[]): void {
	for (const competencyId of new Set(rows.flatMap((row) => [...row.cells.keys()]))) {
		const cells = rows.map((row) => row.cells.get(competencyId));
		for (const index of hiddenCells(cells.map((cell) => cell?.assessed ?? 0)))
			Object.assign(cells[index]!, { assessed: 0, withGap: 0, meanGap: null, hidden: true });
	}
}

export interface GapSummary {
	officers: number;
	/** Officers with at least one valid rating on a competency asked of them. */
	assessed: number;
	/** Of the assessed, those short on at least one. */
	withGap: number;
	/** `withGap / assessed`, 0 to 1; null when nobody is assessed. */
	share: number | null;
	/** Mean level short over all rated pairs of officer and competency; null when there is none. */
	meanGap: number | null;
	/** The figures are about fewer than five people and this actor may not see these: they read 0 and null. */
	hidden: boolean;
}

/** One line for the leadership page, over what the actor's roles cover. */
export async function gapSummary(db: Db, actor: Actor, at: Date, options: { competencyId?: string | undefined } = {}): Promise<GapSummary> {
	if (!mayReadGaps(actor)) throw new NotFound('gap summary');
	await freshenGapCells(db, at);
	const one = options.competencyId;
	const { rows } = await sql<{ officers: number; assessed: number; with_gap: number; mean_gap: number | null }>`
		with places as materialized (
			select u.id as unit_id from people.current_units u where ${countsUnits(actor)}
			union select unit_id from competency.gap_units where ${countScopes(actor).includes(null)}),
		units as (
			select coalesce(sum(g.officers), 0)::int as officers, coalesce(sum(g.assessed), 0)::int as assessed, coalesce(sum(g.with_gap), 0)::int as with_gap
			from places join competency.gap_units g using (unit_id)),
		cells as (
			select coalesce(sum(c.assessed), 0)::int as pairs, coalesce(sum(c.with_gap), 0)::int as short, sum(c.levels_short)::float / nullif(sum(c.assessed), 0) as mean_gap
			from places join competency.gap_units g using (unit_id) join competency.gap_cells c using (unit_id, run)
			where ${one === undefined ? sql`true` : sql`c.competency_id = ${one}`})
		select officers, ${one === undefined ? sql`assessed, with_gap` : sql`pairs as assessed, short as with_gap`}, mean_gap from units, cells`.execute(
		db
	);
	const row = rows[0]!;
	const hidden = row.assessed > 0 && row.assessed < SMALLEST_SHOWN && !countScopes(actor).every((scope) => mayReadPersons(actor, scope));
	if (hidden) return { officers: row.officers, assessed: 0, withGap: 0, share: null, meanGap: null, hidden };
	return {
		officers: row.officers,
		assessed: row.assessed,
		withGap: row.with_gap,
		share: row.assessed > 0 ? row.with_gap / row.assessed : null,
		meanGap: row.mean_gap,
		hidden
	};
}

export interface OfficerGap {
	officer_id: string;
	display_name: string;
	post_name: string | null;
	unit_id: string;
	unit_name: string;
	required: number | null;
	actual: number | null;
	gap: number | null;
	source: Source | null;
	rated_at: Date | null;
}

/** Persons below the required level on one competency, the largest gap first; only those the actor may see. */
export async function officersWithGap(
	db: Db,
	actor: Actor,
	at: Date,
	competencyId: string,
	options: { unitId?: string | undefined } = {}
): Promise<OfficerGap[]> {
	return (await officersBehind(db, actor, at, competencyId, options)).filter((row) => row.gap !== null && row.gap > 0);
}

/** Everybody behind a cell: those with a gap, those who meet the standard, those not rated yet. */
export async function officersBehind(
	db: Db,
	actor: Actor,
	at: Date,
	competencyId: string,
	options: { unitId?: string | undefined; ownOnly?: boolean } = {}
): Promise<OfficerGap[]> {
	const inside = options.unitId
		? options.ownOnly
			? sql`c.unit_id = ${options.unitId}`
			: sql`c.unit_path <@ (select path from people.current_units where id = ${options.unitId})`
		: sql`true`;
	const { rows } = await sql<OfficerGap>`with ${levels(at, active(sql`${personsScope(actor)} and ${inside}`), competencyId)}
		select l.officer_id, c.display_name, c.post_name, c.unit_id, c.unit_name, l.required, l.actual, l.gap, r.source, r.rated_at
		from levels l join people.officer_cards c on c.id = l.officer_id left join competency.ratings r on r.id = l.rating_id
		where l.required is not null
		order by l.gap desc nulls last, l.actual nulls last, c.full_name, c.id`.execute(db);
	return rows;
}

const active = (scope: RawBuilder<unknown>) => sql`c.active and ${scope}`;

/** Kept figures of the units, added up for the part that holds each. */
async function countedRows(db: Db, at: Date, unit: UnitRow | undefined, parts: UnitRow[]) {
	const tops = [...parts, ...(unit ? [unit] : [])];
	await freshenGapCells(db, at);
	const { rows } = await sql<{
		part_id: string;
		competency_id: string | null;
		people: number;
		assessed: number;
		with_gap: number;
		mean_gap: number | null;
	}>`
		with ${cellsOf(tops)}
		select part_id, null as competency_id, officers as people, 0 as assessed, 0 as with_gap, null as mean_gap from everybody where officers > 0
		union all
		select part_id, competency_id, people, assessed, with_gap, levels_short::float / nullif(assessed, 0) from cells`.execute(db);
	const people = new Map<string, number>();
	const cells = new Map<string, Map<string, GapCell>>();
	for (const row of rows) {
		if (row.competency_id === null) {
			people.set(row.part_id, row.people);
			continue;
		}
		const inPart = cells.get(row.part_id) ?? new Map<string, GapCell>();
		inPart.set(row.competency_id, {
			competencyId: row.competency_id,
			people: row.people,
			assessed: row.assessed,
			withGap: row.with_gap,
			meanGap: row.mean_gap,
			hidden: false
		});
		cells.set(row.part_id, inPart);
	}
	const parents = await sql<{
		parent_id: string;
	}>`select distinct parent_id from people.current_units where parent_id = any(${tops.map((part) => part.id)}::uuid[])`.execute(db);
	return { people, cells, parents: new Set(parents.rows.map((row) => row.parent_id)) };
}
