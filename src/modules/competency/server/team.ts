import { sql } from 'kysely';
import { officersUnder, type OfficerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { partOf, type Part } from '#platform/lists.ts';
import { levels } from './levels.ts';

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

/** What is known about each; those the superior has said least about come first. */
export async function teamMembers(db: Db, at: Date, people: OfficerCard[]): Promise<TeamMember[]> {
	if (people.length === 0) return [];
	const ids = people.map((person) => person.id);
	const { rows } = await sql<{ officer_id: string; asked: number; known: number; short: number; rated: number; last: Date | null }>`
		with ${levels(at, sql`c.id = any(${ids}::uuid[])`)},
		said as (select distinct officer_id, competency_id from competency.ratings
			where officer_id = any(${ids}::uuid[]) and source = 'superior' and rated_at <= ${at} and (valid_until is null or valid_until >= ${dayOf(at)}))
		select l.officer_id, count(l.required)::int as asked, count(l.actual) filter (where l.required is not null)::int as known,
			count(*) filter (where l.gap > 0)::int as short, count(s.officer_id) filter (where l.required is not null)::int as rated,
			(select max(rated_at) from competency.ratings r where r.officer_id = l.officer_id and r.source = 'superior' and r.rated_at <= ${at}) as last
		from levels l left join said s using (officer_id, competency_id) group by l.officer_id`.execute(db);
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
	const ids = people.map((person) => person.id);
	const { rows } = await sql<{ officer_id: string; required: number | null; level: number | null; rated_at: Date | null }>`
		with ${levels(at, sql`c.id = any(${ids}::uuid[])`, competencyId)},
		said as (select distinct on (officer_id) officer_id, level, rated_at from competency.ratings
			where officer_id = any(${ids}::uuid[]) and competency_id = ${competencyId} and source = 'superior' and rated_at <= ${at}
				and (valid_until is null or valid_until >= ${dayOf(at)}) order by officer_id, rated_at desc, id desc)
		select l.officer_id, l.required, s.level, s.rated_at from levels l left join said s using (officer_id)`.execute(db);
	const known = new Map(rows.map((row) => [row.officer_id, row]));
	return people.map((person) => {
		const row = known.get(person.id);
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
	const ids = people.map((person) => person.id);
	const { rows } = await sql<{ competency_id: string; asked: number; rated: number }>`
		with ${levels(at, sql`c.id = any(${ids}::uuid[])`)}
		select competency_id, count(*)::int as asked, count(*) filter (where exists (select 1 from competency.ratings r
			where r.officer_id = l.officer_id and r.competency_id = l.competency_id and r.source = 'superior' and r.rated_at <= ${at}
				and (r.valid_until is null or r.valid_until >= ${dayOf(at)})))::int as rated
		from levels l where required is not null group by competency_id`.execute(db);
	return new Map(rows.map((row) => [row.competency_id, { asked: row.asked, rated: row.rated }]));
}
