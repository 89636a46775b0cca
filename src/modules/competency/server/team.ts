import { sql, type RawBuilder } from 'kysely';
import { officersUnder, type OfficerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { partOf, type Part } from '#platform/lists.ts';
import { freshenGaps, NOWHERE } from './kept-gaps.ts';

export interface TeamMember {
	id: string;
	displayName: string;
	postName: string | null;
	unitName: string | null;
	/** Competencies asked of the officer. */
	asked: number;
	/** Of these, with a valid rating of any source. */
	known: number;
	/** Of these, below the required level. */
	short: number;
	/** Of these, with a valid rating by the superior. */
	ratedBySuperior: number;
	/** When the superior last said something. */
	lastRatedAt: Date | null;
}

/** More people than one person can know: as long as nobody leads parts of them, they come in pages. */
const LARGE = 300;
const PAGE = 50;

export interface Team extends Part<OfficerCard> {
	/** Everybody whose superior the actor is. */
	all: number;
}

/** The actor's people by name: all of them, or of a large team a part. @param after id of the last person of the part before */
export async function teamOf(db: Db, actor: Actor, at: Date, after: string | null = null): Promise<Team> {
	const people = await officersUnder(db, actor, at);
	return { ...partOf(people, ({ id }) => id, after, people.length > LARGE ? PAGE : LARGE), all: people.length };
}

/** One of the actor's people; nobody for anybody else. */
export const teamMember = (db: Db, actor: Actor, at: Date, id: string): Promise<OfficerCard[]> =>
	isId(id) ? officersUnder(db, actor, at, sql`c.id = ${id}`) : Promise.resolve([]);

/** Of people: `asked`, their kept gaps, and `said`, on what they have a valid rating of the superior. */
async function known(db: Db, at: Date, people: OfficerCard[]): Promise<RawBuilder<unknown>> {
	await freshenGaps(db, at);
	const ids = people.map((person) => person.id);
	return sql`
		asked as materialized (
			select g.officer_id, g.competency_id, g.required, g.actual, g.gap
			from unnest(${ids}::uuid[], ${people.map((person) => person.unit_id ?? NOWHERE)}::uuid[]) as p(officer_id, unit_id)
			join competency.officer_gaps g using (unit_id, officer_id)),
		said as materialized (
			select distinct on (officer_id, competency_id) officer_id, competency_id, level, rated_at from competency.ratings
			where officer_id = any(${ids}::uuid[]) and source = 'superior' and rated_at <= ${at} and (valid_until is null or valid_until >= ${dayOf(at)})
			order by officer_id, competency_id, rated_at desc, id desc)`;
}

/** What is known about each; those the superior has said least about come first. */
export async function teamMembers(db: Db, at: Date, people: OfficerCard[]): Promise<TeamMember[]> {
	const { rows } = await sql<{ officer_id: string; asked: number; known: number; short: number; rated: number; last: Date | null }>`
		with ${await known(db, at, people)}
		select p.officer_id, count(a.officer_id)::int as asked, count(a.actual)::int as known, count(*) filter (where a.gap > 0)::int as short,
			count(s.officer_id)::int as rated,
			(select max(rated_at) from competency.ratings r where r.officer_id = p.officer_id and r.source = 'superior' and r.rated_at <= ${at}) as last
		from unnest(${people.map((person) => person.id)}::uuid[]) as p(officer_id)
			left join asked a using (officer_id) left join said s using (officer_id, competency_id) group by p.officer_id`.execute(db);
	const counts = new Map(rows.map((row) => [row.officer_id, row]));
	return people
		.map((person) => {
			const count = counts.get(person.id);
			return {
				id: person.id,
				displayName: person.display_name,
				postName: person.post_name,
				unitName: person.unit_name,
				asked: count?.asked ?? 0,
				known: count?.known ?? 0,
				short: count?.short ?? 0,
				ratedBySuperior: count?.rated ?? 0,
				lastRatedAt: count?.last ?? null
			};
		})
		.sort((a, b) => a.ratedBySuperior - b.ratedBySuperior || b.short - a.short);
}

export interface TeamLevel {
	officerId: string;
	displayName: string;
	postName: string | null;
	required: number | null;
	/** The superior's own valid rating, to change only where it changed. */
	own: { level: number; ratedAt: Date } | null;
}

/** A superior's people on one competency, for the form that rates several. */
export async function teamOn(db: Db, at: Date, people: OfficerCard[], competencyId: string): Promise<TeamLevel[]> {
	const { rows } = await sql<{ officer_id: string; required: number | null; level: number | null; rated_at: Date | null }>`
		with ${await known(db, at, people)}
		select officer_id, a.required, s.level, s.rated_at
		from (select * from asked where competency_id = ${competencyId}) a
			full join (select * from said where competency_id = ${competencyId}) s using (officer_id)`.execute(db);
	const found = new Map(rows.map((row) => [row.officer_id, row]));
	return people.map((person) => {
		const row = found.get(person.id);
		return {
			officerId: person.id,
			displayName: person.display_name,
			postName: person.post_name,
			required: row?.required ?? null,
			own: row?.level && row.rated_at ? { level: row.level, ratedAt: row.rated_at } : null
		};
	});
}

/** Per competency, how many of these people the superior has rated and how many are asked. */
export async function teamCoverage(db: Db, at: Date, people: OfficerCard[]): Promise<Map<string, { asked: number; rated: number }>> {
	const { rows } = await sql<{ competency_id: string; asked: number; rated: number }>`
		with ${await known(db, at, people)}
		select competency_id, count(*)::int as asked, count(s.officer_id)::int as rated
		from asked left join said s using (officer_id, competency_id) group by competency_id`.execute(db);
	return new Map(rows.map((row) => [row.competency_id, { asked: row.asked, rated: row.rated }]));
}
