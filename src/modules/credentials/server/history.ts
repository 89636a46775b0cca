import { sql } from 'kysely';
import { officerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { mayRead } from './access.ts';

export interface HistoryRow {
	id: string;
	kind: 'course' | 'structural';
	name: string;
	type_name: string | null;
	institution: string | null;
	number: string | null;
	/** Null: the national system holds none. */
	hours: number | null;
	starts_on: string | null;
	ends_on: string | null;
	year: number | null;
}

/**
 * Training that the national system holds, each once, the newest first. Beside our own JP, never added to them: the
 * same training may be in both.
 */
export async function trainingHistory(db: Db, actor: Actor, officerId: string): Promise<HistoryRow[]> {
	if (actor.officerId !== officerId && !mayRead(actor, await officerCard(db, officerId))) throw new NotFound('officer');
	const { rows } = await sql<HistoryRow>`select id, kind, name, type_name, institution, number, hours, starts_on, ends_on, year
		from credentials.external_trainings_once where officer_id = ${officerId} order by coalesce(starts_on, make_date(year, 1, 1)) desc nulls last, id limit 500`.execute(
		db
	);
	return rows;
}

/** Hours by the national system in the year of the first day, over people: each training once, what has no hours counts none. */
export async function historyHours(db: Db, kind: HistoryRow['kind'], year: number): Promise<Map<string, number>> {
	const { rows } = await sql<{
		officer_id: string;
		hours: number;
	}>`select officer_id, sum(hours)::int as hours from credentials.external_trainings_once
		where kind = ${kind} and extract(year from starts_on) = ${year} and hours is not null group by officer_id`.execute(db);
	return new Map(rows.map((row) => [row.officer_id, row.hours]));
}
