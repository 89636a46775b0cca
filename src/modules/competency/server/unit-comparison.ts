import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { compareShares } from '../comparison.ts';
import { mayReadPersons } from './access.ts';
import { openedUnit, shownUnit } from './opened-unit.ts';
import { figuresNow, type Figures } from './unit-figures.ts';

export interface ComparedUnit extends Figures {
	unitId: string;
	unitName: string;
	/** The officers of the chosen unit itself, beside those of its parts. */
	own: boolean;
	/** May this actor open the persons. */
	persons: boolean;
	share: number | null;
	low: number | null;
	high: number | null;
	/** Names of the units from which it can be told apart. */
	apartFrom: string[];
}

export interface UnitComparison {
	unit: { id: string; name: string; parent: { id: string; name: string } | null } | null;
	/** By share where any can be told apart, else by name: an order by chance is none. */
	rows: ComparedUnit[];
	/** Some pair can be told apart. */
	told: boolean;
}

/** Parts of a unit side by side today, on one competency or on all. @throws NotFound outside the actor's subtrees */
export async function compareUnits(
	db: Db,
	actor: Actor,
	at: Date,
	options: { unitId?: string | undefined; competencyId?: string | undefined }
): Promise<UnitComparison> {
	const { unit, parts } = await openedUnit(db, actor, options.unitId);
	const all = [...(unit ? [{ ...unit, own: true }] : []), ...parts.map((part) => ({ ...part, own: false }))];
	const figures = await figuresNow(db, actor, at, unit, parts, options.competencyId);
	const counted = all.map((part) => ({ part, figure: figures.get(part.id)! })).filter(({ figure }) => figure.people > 0);
	const compared = compareShares(counted.map(({ figure }) => figure));
	const rows = counted.map(({ part, figure }, i) => ({
		...figure,
		unitId: part.id,
		unitName: part.name,
		own: part.own,
		persons: mayReadPersons(actor, part.path),
		share: compared[i]?.share ?? null,
		low: compared[i]?.low ?? null,
		high: compared[i]?.high ?? null,
		apartFrom: (compared[i]?.apartFrom ?? []).map((other) => counted[other]!.part.name)
	}));
	const told = rows.some((row) => row.apartFrom.length > 0);
	return {
		unit: unit ? shownUnit(actor, unit) : null,
		rows: told
			? rows.toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1))
			: rows.toSorted((a, b) => Number(b.own) - Number(a.own) || a.unitName.localeCompare(b.unitName, 'id')),
		told
	};
}
