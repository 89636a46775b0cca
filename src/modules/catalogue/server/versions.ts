import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { PUBLICATION_REQUIREMENTS } from '../rules.ts';
import { mayManage, mayReadDrafts } from './access.ts';

export interface ProgrammeVersion {
	id: string;
	programme_id: string;
	number: number;
	summary: string;
	method: string;
	/** Form of development, a code of the dated JP rules. */
	form_code: string;
	programme_jp: number | null;
	days: number | null;
	international: boolean;
	change_reason: string | null;
	created_at: Date;
	published_at: Date | null;
	title: string;
	competency_id: string;
	target_level: number;
}

/** What a version says; JP of the curriculum, or the days of a form credited by the day. */
export interface VersionContent {
	summary: string;
	method: string;
	formCode: string;
	programmeJp?: number | null | undefined;
	days?: number | null | undefined;
	international?: boolean | undefined;
}

const select = sql`select v.id, v.programme_id, v.number, v.summary, v.method, v.form_code, v.programme_jp, v.days, v.international, v.change_reason,
	v.created_at, v.published_at, p.title, p.competency_id, p.target_level
	from catalogue.programme_versions v join catalogue.programmes p on p.id = v.programme_id`;

/** @throws NotFound */
export async function programmeVersion(db: Db, id: string): Promise<ProgrammeVersion> {
	const { rows } = isId(id) ? await sql<ProgrammeVersion>`${select} where v.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('programme version');
	return rows[0];
}

/** Versions of a programme that the actor may read, the newest first. */
export async function versionsOf(db: Db, actor: Actor, programmeId: string): Promise<ProgrammeVersion[]> {
	const { rows } = await sql<ProgrammeVersion>`${select} where v.programme_id = ${programmeId}
		and ${mayReadDrafts(actor) ? sql`true` : sql`v.published_at is not null`} order by v.number desc`.execute(db);
	return rows;
}

/** A version the actor may open. */
export async function readVersion(db: Db, actor: Actor, id: string): Promise<ProgrammeVersion> {
	const version = await programmeVersion(db, id);
	if (version.published_at === null && !mayReadDrafts(actor)) throw new NotFound('programme version');
	return version;
}

export interface PublicationRequirement {
	kind: string;
	fulfilled_at: Date | null;
}

export async function publicationRequirements(db: Db, versionId: string): Promise<PublicationRequirement[]> {
	const { rows } = await sql<PublicationRequirement>`select kind, fulfilled_at from catalogue.publication_requirements
		where programme_version_id = ${versionId} order by kind`.execute(db);
	return rows;
}

/** Called by the module that owns the thing waited for. Again changes nothing. */
export async function fulfilPublicationRequirement(db: Db, at: Date, versionId: string, kind: string, byId: string | null): Promise<void> {
	await sql`update catalogue.publication_requirements set fulfilled_at = ${at}, fulfilled_by = ${byId}
		where programme_version_id = ${versionId} and kind = ${kind} and fulfilled_at is null`.execute(db);
}

/** No further class of the version may be opened until the module that asks lets go of it; classes under way go on. */
export async function pauseVersion(db: Db, versionId: string, kind: string): Promise<void> {
	await sql`insert into catalogue.opening_requirements (programme_version_id, kind) values (${versionId}, ${kind})
		on conflict (programme_version_id, kind) do update set fulfilled_at = null, fulfilled_by = null`.execute(db);
}

export async function resumeVersion(db: Db, at: Date, versionId: string, kind: string, byId: string | null): Promise<void> {
	await sql`update catalogue.opening_requirements set fulfilled_at = ${at}, fulfilled_by = ${byId}
		where programme_version_id = ${versionId} and kind = ${kind} and fulfilled_at is null`.execute(db);
}

/** What keeps the version from another class, as kinds; empty = classes may be opened. */
export async function pausesOf(db: Db, versionId: string): Promise<string[]> {
	const { rows } = await sql<{ kind: string }>`select kind from catalogue.opening_requirements
		where programme_version_id = ${versionId} and fulfilled_at is null order by kind`.execute(db);
	return rows.map((row) => row.kind);
}

/** Changes a draft; a published version stays as it is. */
export async function editVersion(db: Db, actor: Actor, at: Date, versionId: string, content: VersionContent): Promise<void> {
	const version = await drafted(db, actor, versionId);
	refuseWithoutQuantity(content);
	await sql`update catalogue.programme_versions set summary = ${content.summary}, method = ${content.method}, form_code = ${content.formCode},
		programme_jp = ${content.programmeJp ?? null}, days = ${content.days ?? null}, international = ${content.international ?? false}
		where id = ${version.id}`.execute(db);
	await audit(db, actor, at, 'catalogue.version_edited', { type: 'programme_version', id: version.id });
}

/** @throws Refusal while a requirement is open, with its own sentence */
export async function publishVersion(db: Db, actor: Actor, at: Date, versionId: string): Promise<void> {
	const version = await drafted(db, actor, versionId);
	const open = (await publicationRequirements(db, versionId)).find((requirement) => requirement.fulfilled_at === null);
	if (open) throw new Refusal(`catalogue_refusal_missing_${open.kind}`);
	await sql`update catalogue.programme_versions set published_at = ${at}, published_by = ${actor.accountId} where id = ${version.id}`.execute(
		db
	);
	await audit(db, actor, at, 'catalogue.version_published', { type: 'programme_version', id: version.id });
}

/**
 * The next version as a draft, with the reason for the change; what is not given is taken from the newest one.
 * @throws Refusal while another draft is open
 */
export async function draftNextVersion(
	db: Db,
	actor: Actor,
	at: Date,
	programmeId: string,
	changeReason: string,
	changes: Partial<VersionContent> = {}
): Promise<{ id: string }> {
	if (!mayManage(actor)) throw new NotFound('programme');
	// the programme's row is the lock: two drafts at once would take the same number
	await sql`select id from catalogue.programmes where id = ${programmeId} for update`.execute(db);
	const [newest] = await versionsOf(db, actor, programmeId);
	if (!newest) throw new NotFound('programme');
	if (newest.published_at === null) throw new Refusal('catalogue_refusal_draft_open');
	const content: VersionContent = {
		summary: newest.summary,
		method: newest.method,
		formCode: newest.form_code,
		programmeJp: newest.programme_jp,
		days: newest.days,
		international: newest.international,
		...changes
	};
	return { id: await insertVersion(db, actor, at, { programmeId, number: newest.number + 1, content, changeReason }) };
}

export async function insertVersion(
	db: Db,
	actor: Actor,
	at: Date,
	version: { programmeId: string; number: number; content: VersionContent; changeReason: string | null }
): Promise<string> {
	const { content } = version;
	refuseWithoutQuantity(content);
	const id = newId(at.getTime());
	await sql`insert into catalogue.programme_versions (id, programme_id, number, summary, method, form_code, programme_jp, days, international, change_reason, created_by, created_at)
		values (${id}, ${version.programmeId}, ${version.number}, ${content.summary}, ${content.method}, ${content.formCode}, ${content.programmeJp ?? null}, ${content.days ?? null},
			${content.international ?? false}, ${version.changeReason}, ${actor.accountId}, ${at})`.execute(db);
	for (const kind of PUBLICATION_REQUIREMENTS)
		await sql`insert into catalogue.publication_requirements (programme_version_id, kind) values (${id}, ${kind})`.execute(db);
	await audit(db, actor, at, 'catalogue.version_drafted', { type: 'programme_version', id }, { number: version.number });
	return id;
}

async function drafted(db: Db, actor: Actor, versionId: string): Promise<ProgrammeVersion> {
	if (!mayManage(actor) || !isId(versionId)) throw new NotFound('programme version');
	await sql`select id from catalogue.programme_versions where id = ${versionId} for update`.execute(db);
	const version = await programmeVersion(db, versionId);
	if (version.published_at !== null) throw new Refusal('catalogue_refusal_published');
	return version;
}

function refuseWithoutQuantity(content: VersionContent): void {
	if (!content.programmeJp && !content.days) throw new Refusal('catalogue_refusal_no_quantity', { field: 'programmeJp' });
}
