import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { ask } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { newSeed, seedHash } from '../draw.ts';
import { classDays, datesObstacle, type ClassDates } from '../rules.ts';
import { mayManage } from './access.ts';
import { promisedSeats } from './promises.ts';
import { pausesOf, programmeVersion } from './versions.ts';

export interface ClassRow {
	id: string;
	name: string;
	seats: number;
	place: string;
	applications_open_at: Date;
	applications_close_at: Date;
	starts_on: string;
	ends_on: string;
	/** SHA-256 of the seed, public from the opening. */
	seed_sha256: string;
	programme_version_id: string;
	version_number: number;
	programme_id: string;
	programme_title: string;
	competency_id: string;
	target_level: number;
	drawn_at: Date | null;
	/** Applications that stand. */
	applicants: number;
	enrolled: number;
	completed: number;
}

const select = sql`select k.id, k.name, k.seats, k.place, k.applications_open_at, k.applications_close_at, k.starts_on, k.ends_on, k.seed_sha256,
	k.programme_version_id, v.number as version_number, p.id as programme_id, p.title as programme_title, p.competency_id, p.target_level,
	(select d.drawn_at from catalogue.draws d where d.class_id = k.id) as drawn_at,
	(select count(*)::int from catalogue.applications a where a.class_id = k.id and a.withdrawn_at is null) as applicants,
	(select count(*)::int from catalogue.enrolments e where e.class_id = k.id and e.withdrawn_at is null) as enrolled,
	(select count(*)::int from catalogue.completions x join catalogue.enrolments e on e.id = x.enrolment_id where e.class_id = k.id) as completed
	from catalogue.classes k
	join catalogue.programme_versions v on v.id = k.programme_version_id
	join catalogue.programmes p on p.id = v.programme_id`;

const classesWhere = async (db: Db, condition: RawBuilder<unknown>): Promise<ClassRow[]> =>
	(await sql<ClassRow>`${select} where ${condition}`.execute(db)).rows;

/** @throws NotFound */
export async function classById(db: Db, id: string): Promise<ClassRow> {
	const [found] = isId(id) ? await classesWhere(db, sql`k.id = ${id}`) : [];
	if (!found) throw new NotFound('class');
	return found;
}

/** Classes of a programme, the latest first; of one of its versions where that is given. */
export const classesOf = (db: Db, programmeId: string, versionId?: string): Promise<ClassRow[]> =>
	classesWhere(db, sql`p.id = ${programmeId} and ${versionId ? sql`v.id = ${versionId}` : sql`true`} order by k.starts_on desc, k.id`);

/** Classes that take applications now or soon, the next to close first. */
export const openClasses = (db: Db, at: Date, limit = 100): Promise<ClassRow[]> =>
	classesWhere(
		db,
		sql`k.applications_close_at > ${at} and not exists (select 1 from catalogue.draws d where d.class_id = k.id)
		order by k.applications_close_at, k.id limit ${limit}`
	);

/** Classes that somebody who runs them has to do with: not yet drawn, running, or ended in the last 60 days. */
export const classesToRun = (db: Db, at: Date, limit = 200): Promise<ClassRow[]> =>
	classesWhere(db, sql`k.ends_on >= ${dayOf(new Date(at.getTime() - 60 * 86_400_000))} order by k.starts_on, k.id limit ${limit}`);

/** Classes for a competency whose last day has not passed, for whoever may put an offer behind one. */
export async function classesFor(db: Db, actor: Actor, competencyId: string): Promise<ClassRow[]> {
	if (!mayManage(actor)) return [];
	return classesWhere(db, sql`p.competency_id = ${competencyId} order by k.starts_on desc, k.id limit 200`);
}

export interface NewClass extends ClassDates {
	name: string;
	seats: number;
	place: string;
}

/**
 * Opens a class of the newest published version. The seed of its draw is made now and only its hash is shown; days on
 * which the class meets are Monday to Friday between start and end.
 */
export async function openClass(db: Db, actor: Actor, at: Date, versionId: string, input: NewClass): Promise<{ id: string }> {
	if (!mayManage(actor)) throw new NotFound('programme version');
	const version = await programmeVersion(db, versionId);
	if (version.published_at === null) throw new Refusal('catalogue_refusal_not_published');
	const newer =
		await sql`select 1 from catalogue.programme_versions where programme_id = ${version.programme_id} and number > ${version.number} and published_at is not null`.execute(
			db
		);
	if (newer.rows.length > 0) throw new Refusal('catalogue_refusal_older_version');
	const [pause] = await pausesOf(db, versionId);
	if (pause) throw new Refusal(`catalogue_refusal_waits_${pause}`);
	const obstacle = datesObstacle(input, at, dayOf(new Date(input.applicationsCloseAt.getTime() - 1)));
	if (obstacle) throw new Refusal(obstacle.code, { field: obstacle.field });

	const id = newId(at.getTime());
	const seed = newSeed();
	await sql`insert into catalogue.classes (id, programme_version_id, name, seats, place, applications_open_at, applications_close_at, starts_on, ends_on, seed_sha256, created_by, created_at)
		values (${id}, ${versionId}, ${input.name}, ${input.seats}, ${input.place}, ${input.applicationsOpenAt}, ${input.applicationsCloseAt}, ${input.startsOn}, ${input.endsOn},
			${seedHash(seed)}, ${actor.accountId}, ${at})`.execute(db);
	await sql`insert into catalogue.draw_seeds (class_id, seed) values (${id}, ${seed})`.execute(db);
	const sessions = classDays(input.startsOn, input.endsOn).map((day, index) => ({ id: newId(), day, title: String(index + 1) }));
	await sql`insert into catalogue.class_sessions (id, class_id, day, title)
		select t.id, ${id}, t.day, t.title from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as t(id uuid, day date, title text)`.execute(
		db
	);
	await audit(db, actor, at, 'catalogue.class_opened', { type: 'class', id }, { seedSha256: seedHash(seed) });
	await askAround(db, actor, version.programme_id, { id, ...input });
	return { id };
}

/** The organiser owes the draw and the completion; whoever waited since an earlier class is told that the seat is there. */
async function askAround(db: Db, actor: Actor, programmeId: string, held: NewClass & { id: string }): Promise<void> {
	const item = { ref: held.id, params: { name: held.name } };
	if (actor.personId)
		await ask(db, [
			{
				...item,
				personId: actor.personId,
				kind: 'catalogue_draw_due',
				href: `/kelas/${held.id}/undian`,
				opensAt: held.applicationsCloseAt,
				dueAt: new Date(`${held.startsOn}T00:00:00+07:00`)
			},
			{
				...item,
				personId: actor.personId,
				kind: 'catalogue_completion_due',
				href: `/kelas/${held.id}/selesai`,
				opensAt: new Date(`${held.endsOn}T17:00:00+07:00`)
			}
		]);
	const waiting = await promisedSeats(db, programmeId);
	await ask(
		db,
		waiting.map((officerId) => ({
			...item,
			personId: officerId,
			kind: 'catalogue_promised_seat',
			href: `/kelas/${held.id}`,
			opensAt: held.applicationsOpenAt,
			dueAt: held.applicationsCloseAt
		}))
	);
}
