import { wilson } from '#statistics';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { mayReadCounts, mayReadPersons } from './access.ts';
import { openedUnit, partsOf, unitById } from './opened-unit.ts';
import { trendMoments } from './past-figures.ts';
import { figuresAt, figuresNow, type Figures } from './unit-figures.ts';

export interface TrendPoint extends Figures {
	day: string;
	/** `withGap / assessed` with its 95 % interval; null when nobody is assessed or it is hidden. */
	share: number | null;
	low: number | null;
	high: number | null;
}

export interface UnitTrend {
	unit: { id: string; name: string };
	points: TrendPoint[];
}

/**
 * Share of the assessed with a gap at the ends of the last quarters and today. Who may not see the persons gets a point
 * only where it cannot be had from the parent's by subtraction either, so the siblings are counted too.
 * @throws NotFound outside the actor's subtrees, and where no single unit stands at the top of them
 */
export async function unitTrend(
	db: Db,
	actor: Actor,
	at: Date,
	options: { unitId?: string | undefined; competencyId?: string | undefined }
): Promise<UnitTrend> {
	const { unit } = await openedUnit(db, actor, options.unitId);
	if (!unit) throw new NotFound('unit');
	const parent = unit.parent_id && !mayReadPersons(actor, unit.path) && mayReadCounts(actor, unit.parent_path) ? unit.parent_id : null;
	const above = parent ? await unitById(db, parent) : undefined;
	const parts = parent ? await partsOf(db, parent) : [unit];
	const moments = trendMoments(at);
	const past = await figuresAt(db, actor, moments.slice(0, -1), above ? [above, ...parts] : parts, options.competencyId);
	const today = await figuresNow(db, actor, at, above, parts, options.competencyId);
	const figures = [...past.get(unit.id)!, today.get(unit.id)!];
	return {
		unit: { id: unit.id, name: unit.name },
		points: figures.map((point, n) => {
			const interval = point.hidden ? null : wilson(point.withGap, point.assessed);
			return {
				...point,
				day: moments[n]!.day,
				share: interval && point.withGap / point.assessed,
				low: interval?.[0] ?? null,
				high: interval?.[1] ?? null
			};
		})
	};
}
