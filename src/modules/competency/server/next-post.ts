/** The gap against a post somebody may hold next, and the one somebody works towards. */
import { sql } from 'kysely';
import { RUNGS, rungOf } from '#modules/people/index.ts';
import { officerCard } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { gapOf, nextRung, standardOf, type Source, type Standard } from '../rules.ts';
import { isSuperiorOf, mayReadProfile } from './access.ts';
import { competencies } from './dictionary.ts';
import { profileOf } from './profiles.ts';
import type { Subject } from './standards.ts';

export interface NextRow {
	competencyId: string;
	code: string;
	category: string;
	name: string;
	/** What the present post asks. */
	requiredNow: number | null;
	/** What the next one asks. */
	required: number;
	requiredBasis: 'post' | 'rung';
	standard: { basis: string; confidence: string; validFrom: string };
	actual: number | null;
	source: Source | null;
	/** Levels short of the next post; null = not known. */
	gap: number | null;
}

export interface NextPost {
	officer: { id: string; display_name: string; post_name: string | null };
	/** Null where nothing stands above the rung and nothing was chosen. */
	target: (Subject & { name: string | null; rung: string | null }) | null;
	/** Why this one: asked for on the page, chosen by the officer before, or the next rung. */
	why: 'asked' | 'chosen' | 'next_rung' | null;
	chosen: { subject: Subject; at: Date; by: string } | null;
	/** May this actor keep it as the post worked towards. */
	mayChoose: boolean;
	rows: NextRow[];
}

/**
 * Levels of an officer against the standard of `asked`, else of the post chosen before, else of the rung above. What
 * is not rated stays unknown; what the present post asks and the next does not is left out.
 * @throws NotFound for somebody else's officer, an unknown rung, or a post nobody holds and nobody described
 */
export async function nextPost(db: Db, actor: Actor, at: Date, officerId: string, asked?: Subject): Promise<NextPost> {
	const officer = await officerCard(db, officerId);
	if (!(await mayReadProfile(db, actor, at, officer))) throw new NotFound('officer');
	const chosen = await chosenPost(db, officerId);
	const above = nextRung(officer.rung);
	const subject = asked ?? chosen?.subject ?? (above === null ? null : { kind: 'rung' as const, ref: above });
	const target = subject && (await described(db, subject));
	return {
		officer: { id: officer.id, display_name: officer.display_name, post_name: officer.post_name },
		target,
		why: asked ? 'asked' : chosen ? 'chosen' : above === null ? null : 'next_rung',
		chosen,
		mayChoose: await mayChoose(db, actor, at, officerId),
		rows: target ? await rowsAgainst(db, at, officerId, target) : []
	};
}

/** The officer, or the superior with whom it was talked over. */
const mayChoose = async (db: Db, actor: Actor, at: Date, officerId: string): Promise<boolean> =>
	actor.accountId !== null && (actor.officerId === officerId || (await isSuperiorOf(db, actor, at, [officerId])));

/** Keeps the post worked towards; the one before stays in the record. */
export async function chooseNextPost(db: Db, actor: Actor, at: Date, officerId: string, subject: Subject): Promise<{ id: string }> {
	const officer = await officerCard(db, officerId);
	if (!(await mayReadProfile(db, actor, at, officer)) || !(await mayChoose(db, actor, at, officerId))) throw new NotFound('officer');
	await described(db, subject);
	if (subject.kind === 'post' && subject.ref === officer.post_ref) throw new Refusal('competency_next_is_present');
	const id = newId(at.getTime());
	await sql`insert into competency.next_posts (id, officer_id, post_ref, rung, chosen_by, chosen_at)
		values (${id}, ${officerId}, ${subject.kind === 'post' ? subject.ref : null}, ${subject.kind === 'rung' ? subject.ref : null}, ${actor.accountId}, ${at})`.execute(
		db
	);
	await audit(db, actor, at, 'competency.chose_next_post', { type: 'officer', id: officerId }, { [subject.kind]: subject.ref });
	return { id };
}

async function chosenPost(db: Db, officerId: string): Promise<NextPost['chosen']> {
	const { rows } = await sql<{ post_ref: string | null; rung: string | null; chosen_at: Date; name: string }>`
		select n.post_ref, n.rung, n.chosen_at, a.name from competency.next_posts n join people.accounts a on a.id = n.chosen_by
		where n.officer_id = ${officerId} order by n.chosen_at desc, n.id desc limit 1`.execute(db);
	const row = rows[0];
	if (!row) return null;
	return {
		subject: row.post_ref === null ? { kind: 'rung', ref: row.rung! } : { kind: 'post', ref: row.post_ref },
		at: row.chosen_at,
		by: row.name
	};
}

async function described(db: Db, subject: Subject): Promise<NonNullable<NextPost['target']>> {
	if (subject.kind === 'rung') {
		if (!(RUNGS as readonly string[]).includes(subject.ref)) throw new NotFound('rung');
		return { ...subject, name: null, rung: subject.ref };
	}
	const { rows } = await sql<{ name: string | null; rung: string | null; known: boolean }>`
		select coalesce(held.name, own.name) as name, held.rung, held.people > 0 or own.rows > 0 as known from
			(select max(post_name) as name, max(rung) as rung, coalesce(sum(officers), 0) as people from people.posts_held where post_ref = ${subject.ref}) held,
			(select max(post_name) as name, count(*) as rows from competency.standards where post_ref = ${subject.ref}) own`.execute(db);
	if (!rows[0]?.known) throw new NotFound('post');
	return { ...subject, name: rows[0].name ?? subject.ref, rung: rows[0].rung ?? rungByName(rows[0].name) };
}

/** Of a functional post that nobody holds yet the name tells the rung; of others nothing does, and no rung is made up. */
function rungByName(name: string | null): string | null {
	const rung = name === null ? 'pelaksana' : rungOf('functional', name, null);
	return rung === 'pelaksana' ? null : rung;
}

async function rowsAgainst(db: Db, at: Date, officerId: string, target: NonNullable<NextPost['target']>): Promise<NextRow[]> {
	const day = dayOf(at);
	const post = { postRef: target.kind === 'post' ? target.ref : null, rung: target.rung };
	const [dictionary, profile, standards] = await Promise.all([
		competencies(db, at),
		profileOf(db, at, officerId),
		sql<Standard & { competencyId: string; basis: string; confidence: string }>`
			select competency_id as "competencyId", post_ref as "postRef", rung, level, valid_from as "validFrom", valid_to as "validTo", basis, confidence
			from competency.standards where post_ref = ${post.postRef} or rung = ${post.rung}`.execute(db)
	]);
	const now = new Map(profile.map((row) => [row.competencyId, row]));
	return dictionary.flatMap(({ id, code, category, name }) => {
		const standard = standardOf(
			standards.rows.filter((row) => row.competencyId === id),
			post,
			day
		);
		if (!standard) return [];
		const row = now.get(id);
		return {
			competencyId: id,
			code,
			category,
			name,
			requiredNow: row?.required ?? null,
			required: standard.level,
			requiredBasis: standard.postRef === null ? ('rung' as const) : ('post' as const),
			standard: { basis: standard.basis, confidence: standard.confidence, validFrom: standard.validFrom },
			actual: row?.actual ?? null,
			source: row?.source ?? null,
			gap: gapOf(standard.level, row?.actual ?? null)
		};
	});
}

/** Posts with a standard of their own in force, by a part of the name; what one may aim at. */
export async function describedPosts(
	db: Db,
	at: Date,
	search: string,
	limit = 20
): Promise<{ ref: string; name: string; rung: string | null }[]> {
	const words = search.trim().slice(0, 100);
	if (words === '') return [];
	const day = dayOf(at);
	const { rows } = await sql<{ ref: string; name: string; rung: string | null }>`
		with own as (select post_ref as ref, max(post_name) as name from competency.standards
				where post_ref is not null and valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) group by post_ref),
			held as (select post_ref as ref, max(post_name) as name, max(rung) as rung from people.posts_held
				where post_ref in (select ref from own) group by post_ref)
		select ref, coalesce(held.name, own.name, ref) as name, held.rung from own left join held using (ref)
		where coalesce(held.name, own.name, ref) ilike ${`%${words.replace(/[%_\\]/g, '\\$&')}%`} order by 2, 1 limit ${limit}`.execute(db);
	return rows.map((row) => ({ ...row, rung: row.rung ?? rungByName(row.name) }));
}
