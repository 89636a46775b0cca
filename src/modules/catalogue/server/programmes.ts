import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayManage, mayReadDrafts } from './access.ts';
import { insertVersion, type VersionContent } from './versions.ts';

export interface Programme {
	id: string;
	title: string;
	competency_id: string;
	target_level: number;
	created_at: Date;
	/** Newest published version; null while there are only drafts. */
	published_version_id: string | null;
	/** The draft being worked on, if any. */
	draft_version_id: string | null;
}

const columns = sql`p.id, p.title, p.competency_id, p.target_level, p.created_at,
	(select v.id from catalogue.programme_versions v where v.programme_id = p.id and v.published_at is not null order by v.number desc limit 1) as published_version_id,
	(select v.id from catalogue.programme_versions v where v.programme_id = p.id and v.published_at is null order by v.number desc limit 1) as draft_version_id`;

/** @throws NotFound */
export async function programme(db: Db, id: string): Promise<Programme> {
	const { rows } = isId(id)
		? await sql<Programme>`select ${columns} from catalogue.programmes p where p.id = ${id}`.execute(db)
		: { rows: [] };
	if (!rows[0]) throw new NotFound('programme');
	return rows[0];
}

/** A programme the actor may open: published for everybody with an account, a draft for those who work on it. */
export async function readProgramme(db: Db, actor: Actor, id: string): Promise<Programme> {
	const found = await programme(db, id);
	if (found.published_version_id === null && !mayReadDrafts(actor)) throw new NotFound('programme');
	return found;
}

export interface ProgrammeRow extends Programme {
	summary: string;
	form_code: string;
	programme_jp: number | null;
	days: number | null;
	/** Classes not yet ended. */
	classes: number;
	next_class_starts_on: string | null;
	/** Classes that take applications now. */
	open_classes: number;
	completed: number;
}

/**
 * Programmes the actor may read, by title. `after` is the last title of the page before, with its id.
 * @param limit rows a page; one more is read by the caller to know whether there is a next page
 */
export async function programmesFor(
	db: Db,
	actor: Actor,
	at: Date,
	filter: { competencyId?: string | undefined; after?: { title: string; id: string } | undefined; limit?: number } = {}
): Promise<ProgrammeRow[]> {
	const { rows } = await sql<ProgrammeRow>`select * from (
			select ${columns} from catalogue.programmes p
			where ${filter.competencyId ? sql`p.competency_id = ${filter.competencyId}` : sql`true`}
				and ${filter.after ? sql`(p.title, p.id) > (${filter.after.title}, ${filter.after.id})` : sql`true`}
				and ${mayReadDrafts(actor) ? sql`true` : sql`exists (select 1 from catalogue.programme_versions v where v.programme_id = p.id and v.published_at is not null)`}
			order by p.title, p.id limit ${filter.limit ?? 100}
		) p
		join lateral (select v.summary, v.form_code, v.programme_jp, v.days from catalogue.programme_versions v
			where v.id = coalesce(p.published_version_id, p.draft_version_id)) v on true
		join lateral (select count(*) filter (where k.ends_on >= ${dayOf(at)})::int as classes, min(k.starts_on) filter (where k.starts_on >= ${dayOf(at)}) as next_class_starts_on,
				count(*) filter (where k.applications_open_at <= ${at} and k.applications_close_at > ${at})::int as open_classes,
				coalesce(sum((select count(*) from catalogue.completions x join catalogue.enrolments e on e.id = x.enrolment_id where e.class_id = k.id)), 0)::int as completed
			from catalogue.classes k join catalogue.programme_versions w on w.id = k.programme_version_id where w.programme_id = p.id) k on true
		order by p.title, p.id`.execute(db);
	return rows;
}

export interface PublishedProgramme {
	id: string;
	title: string;
	competency_id: string;
	target_level: number;
	version_id: string;
	version_number: number;
	programme_jp: number | null;
	days: number | null;
}

/** Programmes with a published version, by target level and title: what a plan can point to. */
export async function publishedProgrammes(db: Db, competencyId?: string): Promise<PublishedProgramme[]> {
	const { rows } =
		await sql<PublishedProgramme>`select p.id, p.title, p.competency_id, p.target_level, v.id as version_id, v.number as version_number, v.programme_jp, v.days
		from catalogue.programmes p
		join lateral (select * from catalogue.programme_versions v where v.programme_id = p.id and v.published_at is not null order by v.number desc limit 1) v on true
		where ${competencyId ? sql`p.competency_id = ${competencyId}` : sql`true`}
		order by p.target_level, p.title, p.id limit 1000`.execute(db);
	return rows;
}

export interface NewProgramme extends VersionContent {
	title: string;
	competencyId: string;
	targetLevel: number;
}

/** A programme with its first version, a draft that waits for its evaluation plan. */
export async function createProgramme(db: Db, actor: Actor, at: Date, input: NewProgramme): Promise<{ id: string; versionId: string }> {
	if (!mayManage(actor)) throw new NotFound('programme');
	const taken = await sql`select 1 from catalogue.programmes where lower(title) = lower(${input.title})`.execute(db);
	if (taken.rows.length > 0) throw new Refusal('catalogue_refusal_title_taken', { field: 'title' });
	const id = newId(at.getTime());
	await sql`insert into catalogue.programmes (id, title, competency_id, target_level, created_by, created_at)
		values (${id}, ${input.title}, ${input.competencyId}, ${input.targetLevel}, ${actor.accountId}, ${at})`.execute(db);
	const versionId = await insertVersion(db, actor, at, { programmeId: id, number: 1, content: input, changeReason: null });
	await audit(db, actor, at, 'catalogue.programme_created', { type: 'programme', id });
	return { id, versionId };
}
