import { sql } from 'kysely';
import type { OfficerCard } from '#modules/people/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Rating } from '../rules.ts';
import { disagreement, newestBySource, type Disagreement } from '../sources.ts';
import { competencyNames } from './dictionary.ts';

export interface TeamDisagreement {
	officerId: string;
	name: string;
	/** The competencies on which the sources are two levels or more apart, the furthest first. */
	about: (Disagreement & { competency: string })[];
}

interface Row {
	id: string;
	officer_id: string;
	competency_id: string;
	level: number;
	source: Rating['source'];
	rated_at: Date;
	valid_until: string | null;
}

/** With whom of a superior's people to talk, since their sources disagree; those with most to talk about first. */
export async function teamDisagreements(db: Db, at: Date, people: OfficerCard[]): Promise<TeamDisagreement[]> {
	if (people.length === 0) return [];
	const day = dayOf(at);
	const { rows } = await sql<Row>`select id, officer_id, competency_id, level, source, rated_at, valid_until from competency.ratings
		where officer_id = any(${people.map((person) => person.id)}::uuid[]) and rated_at <= ${at} and (valid_until is null or valid_until >= ${day})`.execute(
		db
	);
	const names = await competencyNames(db, [...new Set(rows.map((row) => row.competency_id))]);
	const byOfficer = Map.groupBy(rows, (row) => row.officer_id);
	return people
		.map((person) => ({
			officerId: person.id,
			name: person.display_name,
			about: [...Map.groupBy(byOfficer.get(person.id) ?? [], (row) => row.competency_id)]
				.flatMap(([competencyId, own]) => {
					const said = newestBySource(
						own.map((row) => ({ ...row, ratedAt: row.rated_at, validUntil: row.valid_until })),
						at,
						day
					);
					const found = disagreement(said);
					return found ? [{ ...found, competency: names.get(competencyId)?.name ?? '–' }] : [];
				})
				.sort((a, b) => b.high.level - b.low.level - (a.high.level - a.low.level))
		}))
		.filter((person) => person.about.length > 0)
		.sort((a, b) => b.about.length - a.about.length);
}
