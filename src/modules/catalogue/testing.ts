/** A published programme and its class for stories in tests of this and later modules, made by the commands themselves. */
import { competencyByCode } from '#modules/competency/server/index.ts';
import type { SmallProvince } from '#modules/people/testing.ts';
import { systemActor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import {
	apply,
	classById,
	createProgramme,
	drawClass,
	fulfilPublicationRequirement,
	markAttendance,
	openClass,
	publishVersion,
	sessionsOf,
	enrolledIn,
	type NewClass,
	type VersionContent
} from './server/index.ts';

export const DAY = 86_400_000;
/** Tuesday 24 November 2026, 10.00 WIB. */
export const AT = new Date('2026-11-24T03:00:00Z');
/** Applications of `openSmallClass` are closed and the draw is due. */
export const DRAW_AT = new Date('2026-12-02T03:00:00Z');
/** The class of `openSmallClass` is over. */
export const ENDED_AT = new Date('2026-12-12T03:00:00Z');

/** Communication level 3, a workshop of five days and 24 JP, published. */
export async function publishedCommunication(
	db: Db,
	province: SmallProvince,
	content: Partial<VersionContent> & { title?: string } = {},
	at = AT
): Promise<{ id: string; versionId: string }> {
	const made = await createProgramme(db, province.manager, at, {
		title: 'Komunikasi Pelayanan di Loket',
		competencyId: (await competencyByCode(db, 'M.3')).id,
		targetLevel: 3,
		summary: 'Menjelaskan hal sulit dengan bahasa pasien.',
		method: 'Kasus, latihan berpasangan, umpan balik.',
		formCode: 'KL07',
		programmeJp: 24,
		days: 5,
		...content
	});
	await fulfilPublicationRequirement(db, at, made.versionId, 'evaluation_plan', province.manager.accountId);
	await publishVersion(db, province.manager, at, made.versionId);
	return made;
}

/** Applications until 1 December, class from Monday 7 to Friday 11 December 2026. */
export const openSmallClass = (
	db: Db,
	province: SmallProvince,
	versionId: string,
	input: Partial<NewClass> = {},
	at = AT
): Promise<{ id: string }> =>
	openClass(db, province.manager, at, versionId, {
		name: 'Angkatan 1',
		seats: 6,
		place: 'Kampus BPSDM',
		applicationsOpenAt: at,
		applicationsCloseAt: new Date('2026-12-01T17:00:00Z'),
		startsOn: '2026-12-07',
		endsOn: '2026-12-11',
		...input
	});

/** Each of the officers applies by himself. */
export async function applyAll(db: Db, classId: string, officerIds: string[], at = AT): Promise<void> {
	for (const officerId of officerIds) await apply(db, { ...systemActor, system: false, officerId, personId: officerId }, at, classId);
}

/** Drawn at the close, and everybody with a seat attended all days but the given number at the end. */
export async function heldSmallClass(
	db: Db,
	province: SmallProvince,
	classId: string,
	absentDays: Record<string, number> = {}
): Promise<void> {
	await drawClass(db, province.manager, (await classById(db, classId)).applications_close_at, classId);
	const seats = await enrolledIn(db, classId);
	const sessions = await sessionsOf(db, classId);
	for (const [index, session] of sessions.entries())
		await markAttendance(db, province.trainer, new Date(`${session.day}T09:00:00Z`), classId, {
			sessionId: session.id,
			present: seats.filter((seat) => index < sessions.length - (absentDays[seat.officer_id] ?? 0)).map((seat) => seat.id)
		});
}
