import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import type { Source } from '../rules.ts';
import { mayKeepStandards } from './access.ts';
import { competencies, type Competency } from './dictionary.ts';

/** Whose standard: a post's own, or a rung's (*standar umum*). */
export type Subject = { kind: 'post' | 'rung'; ref: string };

const of = (subject: Subject) => (subject.kind === 'post' ? sql`post_ref = ${subject.ref}` : sql`rung = ${subject.ref}`);

export interface PostRow {
	post_ref: string;
	post_name: string;
	rung: string | null;
	officers: number;
	/** Begin of the newest own version; null = the common standard of the rung counts. */
	valid_from: string | null;
	/** Its last day, where it ends. */
	valid_to: string | null;
}

/**
 * Posts that somebody holds, and those with a standard of their own, by name; `after` is the last row of the page
 * before.
 */
export async function posts(
	db: Db,
	actor: Actor,
	options: { search?: string; after?: { name: string; ref: string } | undefined; limit?: number } = {}
): Promise<PostRow[]> {
	if (!mayKeepStandards(actor)) throw new NotFound('standards');
	const { rows } = await sql<PostRow>`
		with held as (
			select post_ref, max(post_name) as post_name, max(rung) as rung, sum(officers)::int as officers
			from people.posts_held where post_ref is not null group by post_ref),
		own as (
			select distinct on (post_ref) post_ref, coalesce(post_name, max(post_name) over (partition by post_ref)) as sheet_name, valid_from, max(valid_to) over (partition by post_ref, valid_from) as valid_to,
				bool_and(valid_to is not null) over (partition by post_ref, valid_from) as ended
			from competency.standards where post_ref is not null order by post_ref, valid_from desc)
		select post_ref, coalesce(post_name, sheet_name, post_ref) as post_name, rung, coalesce(officers, 0) as officers, own.valid_from, case when ended then own.valid_to end as valid_to
		from held full join own using (post_ref)
		where ${options.search ? sql`coalesce(post_name, sheet_name, post_ref) ilike ${`%${options.search.replace(/[%_\\]/g, '\\$&')}%`}` : sql`true`}
			and ${options.after ? sql`(coalesce(post_name, sheet_name, post_ref), post_ref) > (${options.after.name}, ${options.after.ref})` : sql`true`}
		order by coalesce(post_name, sheet_name, post_ref), post_ref limit ${options.limit ?? 50}`.execute(db);
	return rows;
}

export interface StandardLevel {
	level: number;
	basis: string;
	confidence: string;
	validFrom: string;
	validTo: string | null;
}

export interface Version {
	validFrom: string;
	validTo: string | null;
	basis: string;
	confidence: string;
	setBy: string | null;
	setAt: Date | null;
	/** By competency id. */
	levels: Map<string, number>;
}

export interface StandardSheet {
	name: string;
	rung: string | null;
	/** Officers who hold such a post now. */
	officers: number;
	competencies: Competency[];
	/** Versions, the newest first. */
	versions: Version[];
	/** Level of the rung, by competency id; empty for a rung's own sheet. */
	common: Map<string, StandardLevel>;
}

interface StandardRow {
	competency_id: string;
	level: number;
	basis: string;
	confidence: string;
	valid_from: string;
	valid_to: string | null;
	set_by: string | null;
	set_at: Date | null;
}

const standardRows = async (db: Db, subject: Subject): Promise<StandardRow[]> =>
	(
		await sql<StandardRow>`select s.competency_id, s.level, s.basis, s.confidence, s.valid_from, s.valid_to, a.name as set_by, s.set_at
		from competency.standards s left join people.accounts a on a.id = s.set_by where ${of(subject)} order by s.valid_from desc`.execute(db)
	).rows;

/** How many hold such a post or rung, and what a post is called: by its holders, else by the newest sheet that names it. */
async function holdersOf(db: Db, subject: Subject): Promise<{ name: string | null; rung: string | null; officers: number }> {
	const sheet = sql`(select post_name from competency.standards where ${of(subject)} and post_name is not null order by valid_from desc limit 1)`;
	const { rows } = await sql<{ name: string | null; rung: string | null; officers: number }>`
		select coalesce(max(post_name), ${sheet}) as name, max(rung) as rung, coalesce(sum(officers), 0)::int as officers
		from people.posts_held where ${of(subject)}`.execute(db);
	return rows[0]!;
}

/** Everything the editor of one post or rung shows. @throws NotFound for a post nobody holds and nobody described */
export async function standardSheet(db: Db, actor: Actor, at: Date, subject: Subject): Promise<StandardSheet> {
	if (!mayKeepStandards(actor)) throw new NotFound('standards');
	const { name, rung, officers } = await holdersOf(db, subject);
	const rows = await standardRows(db, subject);
	if (officers === 0 && rows.length === 0) throw new NotFound('standard');
	const day = dayOf(at);
	const common = new Map<string, StandardLevel>();
	if (subject.kind === 'post' && rung)
		for (const row of await standardRows(db, { kind: 'rung', ref: rung }))
			if (row.valid_from <= day && !common.has(row.competency_id))
				common.set(row.competency_id, {
					level: row.level,
					basis: row.basis,
					confidence: row.confidence,
					validFrom: row.valid_from,
					validTo: row.valid_to
				});
	return {
		name: subject.kind === 'post' ? (name ?? subject.ref) : subject.ref,
		rung: subject.kind === 'post' ? rung : subject.ref,
		officers,
		competencies: await competencies(db, at),
		versions: versionsOf(rows),
		common
	};
}

function versionsOf(rows: StandardRow[]): Version[] {
	const versions = new Map<string, Version>();
	for (const row of rows) {
		const version = versions.get(row.valid_from) ?? {
			validFrom: row.valid_from,
			validTo: row.valid_to,
			basis: row.basis,
			confidence: row.confidence,
			setBy: row.set_by,
			setAt: row.set_at,
			levels: new Map<string, number>()
		};
		version.levels.set(row.competency_id, row.level);
		versions.set(row.valid_from, version);
	}
	return [...versions.values()];
}

export interface NewStandard {
	/** First day, `yyyy-mm-dd`; after the first day of the version before. */
	validFrom: string;
	/** The decree or regulation. */
	basis: string;
	levels: { competencyId: string; level: number }[];
}

/**
 * A new version of a standard. Earlier rows stay; a competency the new version leaves out ends with the day before, and
 * the rung's level counts again. What was asked on an earlier day is never changed.
 */
export async function setStandard(db: Db, actor: Actor, at: Date, subject: Subject, input: NewStandard): Promise<void> {
	if (!mayKeepStandards(actor)) throw new NotFound('standards');
	if (input.levels.length === 0) throw new Refusal('competency_standard_empty');
	await lock(db, subject);
	const newest = (await standardRows(db, subject))[0];
	if (newest && input.validFrom <= newest.valid_from) throw new Refusal('competency_standard_not_newer', { field: 'valid_from' });
	const { name } = subject.kind === 'post' ? await holdersOf(db, subject) : { name: null };
	const rows = input.levels.map((row) => ({
		id: newId(),
		post_ref: subject.kind === 'post' ? subject.ref : null,
		post_name: name,
		rung: subject.kind === 'rung' ? subject.ref : null,
		competency_id: row.competencyId,
		level: row.level,
		basis: input.basis,
		// what a government decides is no guess of ours any more
		confidence: 'confirmed',
		valid_from: input.validFrom,
		set_by: actor.accountId,
		set_at: at
	}));
	await sql`insert into competency.standards (id, post_ref, post_name, rung, competency_id, level, basis, confidence, valid_from, set_by, set_at)
		select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, post_ref text, post_name text, rung text, competency_id uuid, level int, basis text,
			confidence text, valid_from date, set_by uuid, set_at timestamptz)`.execute(db);
	await closeVersions(db, of(subject));
	await audit(
		db,
		actor,
		at,
		'competency.set_standard',
		{ type: 'standard', id: `${subject.kind}:${subject.ref}` },
		{ valid_from: input.validFrom, basis: input.basis }
	);
}

/** Ends the standard of a post today: from tomorrow the common standard of its rung counts. */
export async function endStandard(db: Db, actor: Actor, at: Date, postRef: string): Promise<void> {
	if (!mayKeepStandards(actor)) throw new NotFound('standards');
	const subject: Subject = { kind: 'post', ref: postRef };
	await lock(db, subject);
	const day = dayOf(at);
	const ended = await sql`update competency.standards set ended_on = ${day}
		where ${of(subject)} and valid_from <= ${day} and (valid_to is null or valid_to > ${day}) returning id`.execute(db);
	if (ended.rows.length === 0) throw new Refusal('competency_standard_none_to_end');
	await closeVersions(db, of(subject));
	await audit(db, actor, at, 'competency.end_standard', { type: 'standard', id: `post:${postRef}` }, { valid_to: day });
}

/**
 * Ends each version the day before the next begins, or earlier where somebody ended it: what follows from the first
 * days, so that a version taken back gives the one before its end again.
 * @param subjects condition on `competency.standards`
 */
export async function closeVersions(db: Db, subjects: RawBuilder<unknown>): Promise<void> {
	await sql`with versions as (
			select post_ref, rung, valid_from, lead(valid_from) over (partition by post_ref, rung order by valid_from) - 1 as last_day
			from (select distinct post_ref, rung, valid_from from competency.standards where ${subjects}) firsts)
		update competency.standards s set valid_to = least(s.ended_on, v.last_day) from versions v
		where s.post_ref is not distinct from v.post_ref and s.rung is not distinct from v.rung and s.valid_from = v.valid_from
			and s.valid_to is distinct from least(s.ended_on, v.last_day)`.execute(db);
}

/** How long ratings of a source count, from a day on; ratings already made keep the last day they got. */
export async function setValidity(
	db: Db,
	actor: Actor,
	at: Date,
	input: { source: Source; months: number; basis: string; validFrom: string }
): Promise<void> {
	if (!mayKeepStandards(actor)) throw new NotFound('validity');
	if (input.validFrom < dayOf(at)) throw new Refusal('competency_validity_past', { field: 'valid_from' });
	await sql`insert into competency.validity_rules (source, valid_from, months, basis, confidence, set_by)
		values (${input.source}, ${input.validFrom}, ${input.months}, ${input.basis}, 'confirmed', ${actor.accountId})
		on conflict (source, valid_from) do update set months = excluded.months, basis = excluded.basis, confidence = excluded.confidence, set_by = excluded.set_by`.execute(
		db
	);
	await audit(
		db,
		actor,
		at,
		'competency.set_validity',
		{ type: 'validity_rule', id: input.source },
		{ months: input.months, valid_from: input.validFrom }
	);
}

export interface RungRow {
	rung: string;
	/** The one level of all nine, or null where they differ. */
	level: number | null;
	basis: string;
	confidence: string;
	validFrom: string;
	officers: number;
	/** Of these, in posts without a standard of their own: for them it counts. */
	leaning: number;
}

/** The fallback by rung, in force that day, with how many officers lean on it. */
export async function commonStandard(db: Db, actor: Actor, at: Date): Promise<RungRow[]> {
	if (!mayKeepStandards(actor)) throw new NotFound('standards');
	const day = dayOf(at);
	const { rows } = await sql<RungRow>`
		with newest as (select distinct on (rung, competency_id) * from competency.standards where rung is not null and valid_from <= ${day} order by rung, competency_id, valid_from desc),
		own as (select distinct post_ref from competency.standards where post_ref is not null and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})),
		held as (
			select rung, sum(officers)::int as officers,
				coalesce(sum(officers) filter (where post_ref is null or post_ref not in (select post_ref from own)), 0)::int as leaning
			from people.posts_held group by rung)
		select n.rung, case when min(level) = max(level) then min(level) end as level, max(basis) as basis, max(confidence) as confidence,
			max(valid_from) as "validFrom", coalesce(max(h.officers), 0) as officers, coalesce(max(h.leaning), 0) as leaning
		from newest n left join held h on h.rung = n.rung where n.valid_to is null or n.valid_to >= ${day} group by n.rung`.execute(db);
	return rows;
}

async function lock(db: Db, subject: Subject): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`competency.standard ${subject.kind} ${subject.ref}`}, 0))`.execute(db);
}
