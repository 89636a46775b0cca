import { sql } from 'kysely';
import { officerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { gapOf, strongest, type Source } from '../rules.ts';
import { combined, disagreement, newestBySource, type Combined, type Disagreement, type Kindness, type SourceRating } from '../sources.ts';
import { mayReadPersons, mayReadProfile } from './access.ts';
import { competencies, inForce } from './dictionary.ts';
import { kindnessOf } from './kindness.ts';
import { gaps, levels } from './levels.ts';
import { sourceWeights } from './source-weights.ts';

export interface ProfileRating extends SourceRating {
	/** Name of the rater; null when a machine counted, and for peers and subordinates, who stay anonymous. */
	ratedBy: string | null;
	note: string | null;
	/** Size of the group whose mean this is; null where it is no group's. */
	raters: number | null;
	/** The rater's habit, for those who may know it. */
	kindness: Kindness | null;
	/** False once its validity has ended: shown, not counted. */
	valid: boolean;
}

export interface ProfileRow {
	competencyId: string;
	code: string;
	category: string;
	name: string;
	/** Null when no standard names this competency. */
	required: number | null;
	/** The post's own standard, or the rung's: *standar umum*. */
	requiredBasis: 'post' | 'rung' | null;
	standard: { basis: string; confidence: string; validFrom: string; rung: string | null } | null;
	/** Level of the strongest valid rating; null = not rated yet. */
	actual: number | null;
	source: Source | null;
	ratedAt: Date | null;
	/** Levels short, never below 0; null = not known. */
	gap: number | null;
	/** All valid sources together; beside the level, never instead of it. Null with fewer than two. */
	combined: Combined | null;
	/** Set where valid sources are two levels or more apart. */
	disagreement: Disagreement | null;
	/** All of them, the newest first. */
	ratings: ProfileRating[];
}

/** Competence of one officer at `at`, in the order of the dictionary. No check of access: callers show it to whom they may. */
export async function profileOf(
	db: Db,
	at: Date,
	officerId: string,
	habits: ReadonlyMap<string, Kindness> = new Map()
): Promise<ProfileRow[]> {
	const day = dayOf(at);
	const [dictionary, asked, ratings, weights] = await Promise.all([
		competencies(db, at),
		standardsAsked(db, at, officerId),
		ratingsOf(db, at, officerId, day, habits),
		sourceWeights(db, day)
	]);
	return dictionary.flatMap((competency) => {
		const standard = asked.get(competency.id);
		const own = ratings.get(competency.id) ?? [];
		if (!standard && own.length === 0) return [];
		const counted = strongest(own, at, day);
		const said = newestBySource(own, at, day);
		return {
			competencyId: competency.id,
			code: competency.code,
			category: competency.category,
			name: competency.name,
			required: standard?.level ?? null,
			requiredBasis: standard?.required_basis ?? null,
			standard: standard
				? { basis: standard.basis, confidence: standard.confidence, validFrom: standard.valid_from, rung: standard.rung }
				: null,
			actual: counted?.level ?? null,
			source: counted?.source ?? null,
			ratedAt: counted?.ratedAt ?? null,
			gap: gapOf(standard?.level ?? null, counted?.level ?? null),
			combined: combined(said, weights),
			disagreement: disagreement(said),
			ratings: own
		};
	});
}

export interface AskedAndHeld {
	competencyId: string;
	name: string;
	required: number;
	actual: number | null;
	gap: number | null;
}

/** What is asked of an officer and what is held, by code, without the sources. No check of access. */
export async function gapsOf(db: Db, at: Date, officerId: string): Promise<AskedAndHeld[]> {
	const { rows } = await sql<AskedAndHeld>`with ${gaps(at, sql`c.id = ${officerId}`)}
		select k.id as "competencyId", k.name, g.required, g.actual, g.gap
		from gaps g join (${inForce(at)}) k on k.id = g.competency_id order by k.code`.execute(db);
	return rows;
}

/** The profile, for a person who asks; somebody else's reads as not found. */
export async function readProfile(db: Db, actor: Actor, at: Date, officerId: string) {
	const officer = await officerCard(db, officerId);
	if (!(await mayReadProfile(db, actor, at, officer))) throw new NotFound('officer');
	return { officer, rows: await profileOf(db, at, officerId, await habitsFor(db, actor, at, officer)) };
}

/** Habits of the superiors who rated this officer: all for those who work with the persons, a superior's own for him. */
async function habitsFor(
	db: Db,
	actor: Actor,
	at: Date,
	officer: { id: string; unit_path: string | null }
): Promise<Map<string, Kindness>> {
	// an officer who works with persons does not read here how his own superior rates
	const all = mayReadPersons(actor, officer.unit_path) && actor.officerId !== officer.id;
	const { rows } = await sql<{ rated_by: string }>`select distinct rated_by from competency.ratings
		where officer_id = ${officer.id} and source = 'superior' and rated_by is not null and rated_at <= ${at}
			${all ? sql`` : sql`and rated_by = ${actor.accountId}`}`.execute(db);
	return kindnessOf(
		db,
		at,
		rows.map((row) => row.rated_by)
	);
}

interface AskedRow {
	competency_id: string;
	level: number;
	required_basis: 'post' | 'rung';
	basis: string;
	confidence: string;
	valid_from: string;
	rung: string | null;
}

async function standardsAsked(db: Db, at: Date, officerId: string): Promise<Map<string, AskedRow>> {
	const { rows } = await sql<AskedRow>`with ${levels(at, sql`c.id = ${officerId}`)}
		select l.competency_id, s.level, l.required_basis, s.basis, s.confidence, s.valid_from, s.rung
		from levels l join competency.standards s on s.id = l.standard_id`.execute(db);
	return new Map(rows.map((row) => [row.competency_id, row]));
}

interface RatingRow {
	id: string;
	competency_id: string;
	level: number;
	source: Source;
	rated_at: Date;
	valid_until: string | null;
	rated_by: string | null;
	rater_account: string | null;
	note: string | null;
	mean: number | null;
	raters: number | null;
}

async function ratingsOf(
	db: Db,
	at: Date,
	officerId: string,
	day: string,
	habits: ReadonlyMap<string, Kindness>
): Promise<Map<string, ProfileRating[]>> {
	const { rows } =
		await sql<RatingRow>`select r.id, r.competency_id, r.level, r.source, r.rated_at, r.valid_until, case when r.source not in ('peer', 'subordinate') then a.name end as rated_by, r.note,
			r.mean::float8, case when r.source in ('peer', 'subordinate') then r.raters end as raters, case when r.source = 'superior' then r.rated_by end as rater_account
		from competency.ratings r left join people.accounts a on a.id = r.rated_by
		where r.officer_id = ${officerId} and r.rated_at <= ${at} order by r.rated_at desc, r.strength desc, r.id desc`.execute(db);
	const byCompetency = new Map<string, ProfileRating[]>();
	for (const row of rows) {
		const list = byCompetency.get(row.competency_id) ?? [];
		// said once a competency, at the newest
		const habit = list.some((rating) => rating.kindness) ? undefined : habits.get(row.rater_account ?? '');
		list.push({
			id: row.id,
			level: row.level,
			source: row.source,
			ratedAt: row.rated_at,
			validUntil: row.valid_until,
			ratedBy: row.rated_by,
			note: row.note,
			mean: row.mean,
			raters: row.raters,
			kindness: habit ?? null,
			valid: row.valid_until === null || row.valid_until >= day
		});
		byCompetency.set(row.competency_id, list);
	}
	return byCompetency;
}
