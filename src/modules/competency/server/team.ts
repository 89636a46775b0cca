import { sql, type RawBuilder } from 'kysely';
import { officerCards, officersUnder, officersUnderIds, type OfficerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { partOf, type Part } from '#platform/lists.ts';
import { strengthOf } from '../rules.ts';
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
/** More than one form or page should hold on a phone with poor signal. */
const LONG = 60;
const PAGE = 50;
const SUPERIOR = strengthOf('superior');

export interface Team extends Part<OfficerCard> {
	/** Everybody whose superior the actor is. */
	all: number;
}

/** The actor's people by name: all of them, or of a large team a part. @param after id of the last person of the part before */
export async function teamOf(db: Db, actor: Actor, at: Date, after: string | null = null, large = LARGE): Promise<Team> {
	const people = await officersUnder(db, actor, at, undefined, LARGE + 1);
	if (people.length <= LARGE) {
		const part = people.length > large ? partOf(people, ({ id }) => id, after, PAGE) : partOf(people, ({ id }) => id, null, large);
		return { ...part, all: people.length };
	}
	const ids = await officersUnderIds(db, actor, at);
	const part = partOf(ids, (id) => id, after, PAGE);
	return { ...part, rows: await officerCards(db, part.rows), all: ids.length };
}

/** Whether a whole team is rated on a competency in one form. */
export const isInOneForm = (people: number): boolean => people <= LONG;

/** As `teamOf`, so many as are rated in one form. */
export const teamForForm = (db: Db, actor: Actor, at: Date, after: string | null): Promise<Team> => teamOf(db, actor, at, after, LONG);

/** One of the actor's people; nobody for anybody else. */
export const teamMember = (db: Db, actor: Actor, at: Date, id: string): Promise<OfficerCard[]> =>
	isId(id) ? officersUnder(db, actor, at, sql`c.id = ${id}`) : Promise.resolve([]);

/**
 * Of people: `asked`, their kept gaps, and `said`, on what the superior has rated them (the level null when none is valid),
 * on one competency or on all.
 * A full join of the two is never made row by row, however few the database takes them for.
 */
async function known(db: Db, at: Date, people: OfficerCard[], competencyId?: string): Promise<RawBuilder<unknown>> {
	await freshenGaps(db, at);
	const ids = people.map((person) => person.id);
	const units = [...new Set(people.map((person) => person.unit_id ?? NOWHERE))];
	const one = competencyId === undefined ? sql`` : sql`and competency_id = ${competencyId}`;
	const valid = sql`(where valid_until is null or valid_until >= ${dayOf(at)})`;
	return sql`
		asked as materialized (
			select officer_id, competency_id, required, actual, gap from competency.officer_gaps
			where unit_id = any(${units}::uuid[]) and officer_id = any(${ids}::uuid[]) ${one}),
		said as materialized (
			select officer_id, competency_id, (array_agg(level) filter ${valid})[1] as level, max(rated_at) filter ${valid} as rated_at,
				max(rated_at) as last_rated_at
			from (
				select * from competency.ratings where officer_id = any(${ids}::uuid[]) and strength = ${SUPERIOR} and rated_at <= ${at} ${one}
				order by officer_id, competency_id, rated_at desc, id desc) newest_first
			group by officer_id, competency_id)`;
}

/** Of members in their order, as many as one page shows. */
export const partOfMembers = (members: TeamMember[], after: string | null): Part<TeamMember> =>
	partOf(members, ({ id }) => id, after, members.length > LONG ? PAGE : LONG);

/** What is known about each; those the superior has said least about come first. */
export async function teamMembers(db: Db, at: Date, people: OfficerCard[]): Promise<TeamMember[]> {
	const { rows } = await sql<{ officer_id: string; asked: number; known: number; short: number; rated: number; last: Date | null }>`
		with ${await known(db, at, people)}
		select officer_id, count(a.required)::int as asked, count(a.actual)::int as known, count(*) filter (where a.gap > 0)::int as short,
			count(s.level) filter (where a.required is not null)::int as rated, max(s.last_rated_at) as last
		from asked a full join said s using (officer_id, competency_id) group by officer_id`.execute(db);
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
		with ${await known(db, at, people, competencyId)}
		select officer_id, a.required, s.level, s.rated_at from asked a full join said s using (officer_id)`.execute(db);
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
		select competency_id, count(a.required)::int as asked, count(s.level) filter (where a.required is not null)::int as rated
		from asked a full join said s using (officer_id, competency_id) group by competency_id having count(a.required) > 0`.execute(db);
	return new Map(rows.map((row) => [row.competency_id, { asked: row.asked, rated: row.rated }]));
}
