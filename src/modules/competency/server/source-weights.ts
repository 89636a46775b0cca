import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { SOURCES, type Source } from '../rules.ts';
import type { SourceWeight } from '../sources.ts';
import { mayKeepStandards } from './access.ts';

/** The weights in force on a day, one row a source. Of two sets for the same day the later one counts. */
export async function sourceWeights(db: Db, day: string): Promise<SourceWeight[]> {
	const { rows } =
		await sql<SourceWeight>`select distinct on (source) source, weight::float8, basis, confidence from competency.source_weights
		where valid_from <= ${day} order by source, valid_from desc, set_at desc nulls last`.execute(db);
	return rows;
}

export interface WeightSet {
	validFrom: string;
	basis: string;
	confidence: string;
	/** Null for the set that came with the house. */
	setBy: string | null;
	setAt: Date | null;
	/** By source. */
	weights: Record<Source, number>;
	/** `replaced`: a later set begins on the same day. */
	state: 'in_force' | 'upcoming' | 'former' | 'replaced';
}

/** All sets, the newest first. */
export async function sourceWeightSets(db: Db, actor: Actor, at: Date): Promise<WeightSet[]> {
	if (!mayKeepStandards(actor)) throw new NotFound('source_weights');
	const { rows } = await sql<
		Omit<WeightSet, 'state'>
	>`select w.valid_from as "validFrom", max(w.basis) as basis, max(w.confidence) as confidence,
			max(a.name) as "setBy", w.set_at as "setAt", jsonb_object_agg(w.source, w.weight) as weights
		from competency.source_weights w left join people.accounts a on a.id = w.set_by
		group by w.valid_from, w.set_at order by w.valid_from desc, w.set_at desc nulls last`.execute(db);
	const counting = rows.filter((row, i) => rows[i - 1]?.validFrom !== row.validFrom);
	const inForce = counting.find((row) => row.validFrom <= dayOf(at));
	return rows.map((row) => ({ ...row, state: stateOf(row) }));

	function stateOf(row: (typeof rows)[number]): WeightSet['state'] {
		if (!counting.includes(row)) return 'replaced';
		if (row === inForce) return 'in_force';
		return row.validFrom > dayOf(at) ? 'upcoming' : 'former';
	}
}

/**
 * A new set for all sources, from today or later. What was read on an earlier day stays as it was.
 * @throws Refusal for a day that has passed, or without a weight above zero for each source
 */
export async function setSourceWeights(
	db: Db,
	actor: Actor,
	at: Date,
	input: { weights: Record<Source, number>; validFrom: string; basis: string }
): Promise<void> {
	if (!mayKeepStandards(actor)) throw new NotFound('source_weights');
	if (input.validFrom < dayOf(at)) throw new Refusal('competency_weights_past', { field: 'valid_from' });
	if (!SOURCES.every((source) => input.weights[source] > 0)) throw new Refusal('competency_weights_incomplete');
	const rows = SOURCES.map((source) => ({ source, weight: input.weights[source] }));
	await sql`insert into competency.source_weights (source, valid_from, weight, basis, confidence, set_by, set_at)
		select t.source, ${input.validFrom}, t.weight, ${input.basis}, 'confirmed', ${actor.accountId}, ${at}
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(source text, weight numeric)`.execute(db);
	await audit(
		db,
		actor,
		at,
		'competency.set_source_weights',
		{ type: 'source_weights', id: input.validFrom },
		{ weights: input.weights, basis: input.basis }
	);
}
