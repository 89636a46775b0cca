import { sql } from 'kysely';
import type { OfficerCard } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { SOURCES, strengthOf } from '../rules.ts';
import { disagreement, DISAGREE_LEVELS, type Disagreement } from '../sources.ts';
import { competencyNames } from './dictionary.ts';

export interface TeamDisagreement {
	officerId: string;
	name: string;
	/** The competencies on which the sources are two levels or more apart, the furthest first. */
	about: (Disagreement & { competency: string })[];
}

/** With whom of a superior's people to talk, since their sources disagree; those with most to talk about first. */
export async function teamDisagreements(db: Db, at: Date, people: OfficerCard[]): Promise<TeamDisagreement[]> {
	if (people.length === 0) return [];
	// the newest valid rating of each source, as `newestBySource`; by strength, which the index has, in place of the source
	const { rows } = await sql<{ officer_id: string; competency_id: string; strengths: number[]; levels: number[] }>`
		select officer_id, competency_id, array_agg(strength) as strengths, array_agg(level) as levels from (
			select distinct on (officer_id, competency_id, strength) officer_id, competency_id, strength, level from competency.ratings
			where officer_id = any(${people.map((person) => person.id)}::uuid[]) and rated_at <= ${at} and (valid_until is null or valid_until >= ${dayOf(at)})
			order by officer_id, competency_id, strength desc, rated_at desc, id desc) newest
		group by officer_id, competency_id having max(level) - min(level) >= ${DISAGREE_LEVELS}`.execute(db);
	const names = await competencyNames(db, [...new Set(rows.map((row) => row.competency_id))]);
	const byOfficer = Map.groupBy(rows, (row) => row.officer_id);
	return people
		.map((person) => ({
			officerId: person.id,
			name: person.display_name,
			about: (byOfficer.get(person.id) ?? [])
				.flatMap(({ competency_id, strengths, levels }) => {
					const said = strengths.map((strength, i) => ({
						source: SOURCES.find((source) => strengthOf(source) === strength)!,
						level: levels[i]!
					}));
					const found = disagreement(said);
					return found ? [{ ...found, competency: names.get(competency_id)?.name ?? '–' }] : [];
				})
				.sort((a, b) => b.high.level - b.low.level - (a.high.level - a.low.level))
		}))
		.filter((person) => person.about.length > 0)
		.sort((a, b) => b.about.length - a.about.length);
}
