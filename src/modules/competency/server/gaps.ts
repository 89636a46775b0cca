import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { SMALLEST_SHOWN, hiddenCells } from '../rules.ts';
import { countScopes, mayReadCounts, mayReadGaps, mayReadPersons } from './access.ts';
import { figuresOf, freshenGaps } from './kept-gaps.ts';
import { openedUnit, shownUnit, topUnits, type UnitRow } from './opened-unit.ts';

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

/** The unit and competency with the largest mean gap, among the cells that rest on five rated people or more. */
export function furthestBehind(
	rows: Pick<GapRow, 'unitName' | 'cells'>[],
	competencies: { id: string; name: string }[]
): { unit: string; competency: string; meanGap: number } | undefined {
	return rows
		.flatMap(({ unitName, cells }) =>
			competencies.flatMap(({ id, name }) => {
				const { assessed = 0, meanGap = null } = cells.get(id) ?? {};
				return assessed >= SMALLEST_SHOWN && meanGap !== null && meanGap > 0 ? [{ unit: unitName, competency: name, meanGap }] : [];
			})
		)
		.reduce<ReturnType<typeof furthestBehind>>((most, one) => (!most || one.meanGap > most.meanGap ? one : most), undefined);
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
	await freshenGaps(db, at);
	const one = options.competencyId;
	const tops = await topUnits(db, actor);
	const { rows } = await sql<{ officers: number; assessed: number; with_gap: number; mean_gap: number | null }>`
		with places as materialized (
			select unit_id, true as whole from unnest(${tops.map(({ id }) => id)}::uuid[]) as t(unit_id)
			union all
			-- officers of no unit, or of one that is no more, count for who sees everything
			select g.unit_id, false from competency.gap_units g where ${mayReadCounts(actor, null)} and not g.whole and g.officers > 0
				and not exists (select 1 from people.unit_versions v where v.unit_id = g.unit_id and v.valid_to is null)),
		units as (
			select coalesce(sum(officers), 0)::int as officers, coalesce(sum(assessed), 0)::int as assessed, coalesce(sum(with_gap), 0)::int as with_gap
			from places join competency.gap_units using (unit_id, whole)),
		cells as (
			select coalesce(sum(assessed), 0)::int as pairs, coalesce(sum(with_gap), 0)::int as short, sum(levels_short)::float / nullif(sum(assessed), 0) as mean_gap
			from places join competency.gap_cells using (unit_id, whole) where ${one === undefined ? sql`true` : sql`competency_id = ${one}`})
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

/** Kept figures of the parts, and of the unit itself. */
async function countedRows(db: Db, at: Date, unit: UnitRow | undefined, parts: UnitRow[]) {
	await freshenGaps(db, at);
	const units = await sql<{ unit_id: string; officers: number; has_units: boolean }>`
		select g.unit_id, g.officers, exists (select 1 from people.unit_versions v where v.parent_id = g.unit_id and v.valid_to is null) as has_units
		from competency.gap_units g where ${figuresOf(parts, unit)}`.execute(db);
	const { rows } = await sql<{
		unit_id: string;
		competency_id: string;
		people: number;
		assessed: number;
		with_gap: number;
		mean_gap: number | null;
	}>`select g.unit_id, g.competency_id, g.people, g.assessed, g.with_gap, g.levels_short::float / nullif(g.assessed, 0) as mean_gap
		from competency.gap_cells g where ${figuresOf(parts, unit)}`.execute(db);
	const cells = new Map<string, Map<string, GapCell>>();
	for (const row of rows) {
		const inPart = cells.get(row.unit_id) ?? new Map<string, GapCell>();
		inPart.set(row.competency_id, {
			competencyId: row.competency_id,
			people: row.people,
			assessed: row.assessed,
			withGap: row.with_gap,
			meanGap: row.mean_gap,
			hidden: false
		});
		cells.set(row.unit_id, inPart);
	}
	return {
		people: new Map(units.rows.map((row) => [row.unit_id, row.officers])),
		parents: new Set(units.rows.filter((row) => row.has_units).map((row) => row.unit_id)),
		cells
	};
}
