import { sql } from 'kysely';
import { officerCards } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { ask, settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { mayNominate, nominatable, visibleInClass } from './access.ts';
import { classById, type ClassRow } from './classes.ts';

/** One's own application. Sent again while it stands, it answers the one that is there. */
export async function apply(db: Db, actor: Actor, at: Date, classId: string): Promise<{ id: string }> {
	if (!actor.officerId) throw new NotFound('class');
	const held = await taking(db, at, classId);
	const [id] = await enter(db, at, held, [actor.officerId], null);
	await audit(db, actor, at, 'catalogue.applied', { type: 'class', id: classId }, { officerId: actor.officerId });
	return { id: id! };
}

/** Training officer, superior or manager put forward people of their own subtree; each is told. */
export async function nominate(db: Db, actor: Actor, at: Date, classId: string, officerIds: string[]): Promise<{ nominated: number }> {
	const cards = await officerCards(db, officerIds);
	if (cards.length !== new Set(officerIds).size || cards.some((card) => !mayNominate(actor, card))) throw new NotFound('officer');
	const held = await taking(db, at, classId);
	await enter(db, at, held, officerIds, actor.accountId);
	await ask(
		db,
		officerIds
			.filter((officerId) => officerId !== actor.officerId)
			.map((officerId) => ({
				personId: officerId,
				kind: 'catalogue_nominated',
				ref: classId,
				href: `/kelas/${classId}`,
				params: { name: held.name, by: actor.name },
				opensAt: at,
				dueAt: held.applications_close_at
			}))
	);
	await audit(db, actor, at, 'catalogue.nominated', { type: 'class', id: classId }, { officerIds });
	return { nominated: officerIds.length };
}

/** The officer, or whoever could nominate, takes the application back; until the draw, the deadline does not matter. */
export async function withdrawApplication(db: Db, actor: Actor, at: Date, classId: string, officerId: string): Promise<void> {
	const [card] = isId(officerId) ? await officerCards(db, [officerId]) : [];
	if (!card || (actor.officerId !== officerId && !mayNominate(actor, card))) throw new NotFound('application');
	const held = await locked(db, classId);
	if (held.drawn_at) throw new Refusal('catalogue_refusal_drawn');
	const { rows } = await sql`update catalogue.applications set withdrawn_at = ${at}
		where class_id = ${classId} and officer_id = ${officerId} and withdrawn_at is null returning id`.execute(db);
	if (rows.length === 0) throw new Refusal('catalogue_refusal_no_application');
	await settle(db, at, 'catalogue_nominated', classId, officerId);
	await audit(db, actor, at, 'catalogue.application_withdrawn', { type: 'class', id: classId }, { officerId });
}

/** The class, locked against a draw at the same moment. */
export async function locked(db: Db, classId: string): Promise<ClassRow> {
	if (!isId(classId)) throw new NotFound('class');
	await sql`select id from catalogue.classes where id = ${classId} for update`.execute(db);
	return classById(db, classId);
}

async function taking(db: Db, at: Date, classId: string): Promise<ClassRow> {
	const held = await locked(db, classId);
	if (held.drawn_at) throw new Refusal('catalogue_refusal_drawn');
	if (at < held.applications_open_at) throw new Refusal('catalogue_refusal_not_open');
	if (at >= held.applications_close_at) throw new Refusal('catalogue_refusal_closed');
	return held;
}

async function enter(db: Db, at: Date, held: ClassRow, officerIds: string[], nominatedBy: string | null): Promise<string[]> {
	const cards = await officerCards(db, officerIds);
	if (cards.some((card) => !card.active)) throw new Refusal('catalogue_refusal_inactive');
	const seated = await sql<{
		full_name: string;
	}>`select o.full_name from catalogue.enrolments e join people.officers o on o.id = e.officer_id
		join catalogue.classes k on k.id = e.class_id join catalogue.programme_versions v on v.id = k.programme_version_id
		where e.officer_id = any(${officerIds}::uuid[]) and e.withdrawn_at is null and v.id = ${held.programme_version_id}
			and k.ends_on >= ${dayOf(at)}`.execute(db);
	if (seated.rows[0]) throw new Refusal('catalogue_refusal_has_seat', { params: { name: seated.rows[0].full_name } });
	const ids: string[] = [];
	for (const officerId of officerIds) {
		const { rows } = await sql<{ id: string }>`insert into catalogue.applications (id, class_id, officer_id, applied_at, nominated_by)
			values (${newId(at.getTime())}, ${held.id}, ${officerId}, ${at}, ${nominatedBy})
			on conflict (class_id, officer_id) where withdrawn_at is null do update set class_id = excluded.class_id returning id`.execute(db);
		ids.push(rows[0]!.id);
		await settle(db, at, 'catalogue_promised_seat', held.id, officerId);
	}
	return ids;
}

export interface Applicant {
	officer_id: string;
	display_name: string;
	unit_name: string | null;
	applied_at: Date;
	nominated: boolean;
	/** From an earlier draw: gets a seat before the lots. */
	promised: boolean;
}

/** Applications that stand and whose names the actor may see, by name. */
export async function applicantsFor(db: Db, actor: Actor, classId: string, promised: string[]): Promise<Applicant[]> {
	const { rows } =
		await sql<Applicant>`select a.officer_id, c.display_name, c.unit_name, a.applied_at, a.nominated_by is not null as nominated, a.officer_id = any(${promised}::uuid[]) as promised
		from catalogue.applications a join people.officer_cards c on c.id = a.officer_id
		where a.class_id = ${classId} and a.withdrawn_at is null and ${visibleInClass(actor)} order by c.full_name, c.id limit 5000`.execute(db);
	return rows;
}

/** Active officers the actor may still nominate for the class, by unit and name. */
export async function nominees(
	db: Db,
	actor: Actor,
	classId: string,
	limit = 300
): Promise<{ id: string; display_name: string; unit_name: string | null }[]> {
	const { rows } = await sql<{
		id: string;
		display_name: string;
		unit_name: string | null;
	}>`select c.id, c.display_name, c.unit_name from people.officer_cards c
		where c.active and ${nominatable(actor)}
			and not exists (select 1 from catalogue.applications a where a.class_id = ${classId} and a.officer_id = c.id and a.withdrawn_at is null)
		order by c.unit_path, c.full_name, c.id limit ${limit}`.execute(db);
	return rows;
}
