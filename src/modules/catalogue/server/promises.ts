import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';

/**
 * Officers whom an earlier draw of the programme left waiting and who have had no seat in it since, in the order in
 * which they have waited. They get the next seats before any lot is drawn, and so stand outside that lottery: who got
 * a seat by waiting was not assigned by chance and belongs to neither arm.
 */
export async function promisedSeats(db: Db, programmeId: string): Promise<string[]> {
	const { rows } = await sql<{ officer_id: string }>`
		select distinct on (d.drawn_at, r.position, r.officer_id) r.officer_id
		from catalogue.draw_results r
		join catalogue.draws d on d.class_id = r.class_id
		join catalogue.classes k on k.id = r.class_id
		join catalogue.programme_versions v on v.id = k.programme_version_id
		where v.programme_id = ${programmeId} and r.arm = 'comparison'
			and not exists (
				select 1 from catalogue.enrolments e
				join catalogue.classes k2 on k2.id = e.class_id
				join catalogue.programme_versions v2 on v2.id = k2.programme_version_id
				where e.officer_id = r.officer_id and v2.programme_id = v.programme_id
			)
		order by d.drawn_at, r.position, r.officer_id`.execute(db);
	return [...new Set(rows.map((row) => row.officer_id))];
}
