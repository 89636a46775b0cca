import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../tests/world.ts';
import { competencyByCode } from '#modules/competency/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import type { Actor } from '#platform/actor.ts';
import { inboxOf } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { setSetting } from '#platform/settings.ts';
import { applicantsHash, drawLots, seedHash } from './draw.ts';
import { AT, DRAW_AT, ENDED_AT, applyAll, heldSmallClass, openSmallClass, publishedCommunication } from './testing.ts';
import {
	acknowledgeResult,
	addCompletionRequirement,
	applicantsFor,
	apply,
	attendanceOf,
	attendanceSheet,
	classById,
	classesFor,
	completeClass,
	completionRows,
	createProgramme,
	draftNextVersion,
	drawClass,
	drawOf,
	editVersion,
	enrolledIn,
	enrolmentsOf,
	fulfilCompletionRequirement,
	fulfilPublicationRequirement,
	markAttendance,
	namedResults,
	nominate,
	openClass,
	otherEnrolments,
	ownPlace,
	pauseVersion,
	programmesFor,
	programmeVersion,
	promisedSeats,
	publishedProgrammes,
	publishVersion,
	readProgramme,
	readVersion,
	releaseSeat,
	resumeVersion,
	sessionsOf,
	withdrawApplication
} from './server/index.ts';

let world: World;
let province: SmallProvince;
beforeAll(async () => {
	world = await openWorld();
	province = await world.transaction(smallProvince);
});
afterAll(() => world.close());

const as = (officerId: string): Actor => ({ ...province.learner, accountId: null, officerId, personId: officerId });
const refused = (code: string) => expect.objectContaining({ code });
const kindsOf = async (at: Date, personId: string) => (await inboxOf(world.db, at, personId)).map((item) => item.kind);

test('a programme is a draft until its evaluation plan is there', async () => {
	const made = await world.transaction(async (db) =>
		createProgramme(db, province.manager, AT, {
			title: 'Manajemen Proyek',
			competencyId: (await competencyByCode(db, 'M.4')).id,
			targetLevel: 3,
			summary: 's',
			method: 'm',
			formCode: 'KL03',
			programmeJp: 30
		})
	);
	await expect(world.transaction((db) => publishVersion(db, province.manager, AT, made.versionId))).rejects.toEqual(
		refused('catalogue_refusal_missing_evaluation_plan')
	);
	await expect(world.transaction((db) => openSmallClass(db, province, made.versionId))).rejects.toEqual(
		refused('catalogue_refusal_not_published')
	);
	await expect(readProgramme(world.db, province.learner, made.id)).rejects.toThrow(NotFound);
	expect((await programmesFor(world.db, province.learner, AT)).map((row) => row.id)).not.toContain(made.id);
	expect((await programmesFor(world.db, province.trainer, AT)).map((row) => row.id)).toContain(made.id);

	await world.transaction((db) => fulfilPublicationRequirement(db, AT, made.versionId, 'evaluation_plan', null));
	await world.transaction((db) => publishVersion(db, province.manager, AT, made.versionId));
	expect((await readProgramme(world.db, province.learner, made.id)).published_version_id).toBe(made.versionId);
	expect((await publishedProgrammes(world.db, (await competencyByCode(world.db, 'M.4')).id)).map((row) => row.id)).toEqual([made.id]);
	await expect(
		world.transaction((db) =>
			editVersion(db, province.manager, AT, made.versionId, { summary: 'x', method: 'x', formCode: 'KL03', programmeJp: 1 })
		)
	).rejects.toEqual(refused('catalogue_refusal_published'));
});

test('the next version takes over what is not changed, says why, and waits for a plan of its own', async () => {
	const [row] = await publishedProgrammes(world.db, (await competencyByCode(world.db, 'M.4')).id);
	const next = await world.transaction((db) =>
		draftNextVersion(db, province.manager, AT, row!.id, 'Latihan terlalu sedikit.', { programmeJp: 36 })
	);
	expect(await programmeVersion(world.db, next.id)).toMatchObject({
		number: 2,
		programme_jp: 36,
		summary: 's',
		form_code: 'KL03',
		change_reason: 'Latihan terlalu sedikit.',
		published_at: null
	});
	await expect(world.transaction((db) => publishVersion(db, province.manager, AT, next.id))).rejects.toEqual(
		refused('catalogue_refusal_missing_evaluation_plan')
	);
	await expect(world.transaction((db) => draftNextVersion(db, province.manager, AT, row!.id, 'lagi'))).rejects.toEqual(
		refused('catalogue_refusal_draft_open')
	);
	await expect(readVersion(world.db, province.learner, next.id)).rejects.toThrow(NotFound);
	await world.transaction((db) => fulfilPublicationRequirement(db, AT, next.id, 'evaluation_plan', null));
	await world.transaction((db) => publishVersion(db, province.manager, AT, next.id));
	await expect(world.transaction((db) => openSmallClass(db, province, row!.version_id))).rejects.toEqual(
		refused('catalogue_refusal_older_version')
	);
	// a review under way keeps further classes back until it is closed
	await world.transaction((db) => pauseVersion(db, next.id, 'review_closed'));
	await expect(world.transaction((db) => openSmallClass(db, province, next.id))).rejects.toEqual(
		refused('catalogue_refusal_waits_review_closed')
	);
	await world.transaction((db) => resumeVersion(db, AT, next.id, 'review_closed', null));
	expect((await world.transaction((db) => openSmallClass(db, province, next.id, { name: 'Proyek 1' }))).id).toBeTruthy();
});

let programmeId: string;
let versionId: string;
let classId: string;

test('twelve apply or are nominated for six seats; the hash of the seed is known from the first moment', async () => {
	({ id: programmeId, versionId } = await world.transaction((db) => publishedCommunication(db, province)));
	({ id: classId } = await world.transaction((db) => openSmallClass(db, province, versionId)));
	expect((await classById(world.db, classId)).seed_sha256).toMatch(/^[0-9a-f]{64}$/);
	expect((await sessionsOf(world.db, classId)).map((session) => session.day)).toEqual([
		'2026-12-07',
		'2026-12-08',
		'2026-12-09',
		'2026-12-10',
		'2026-12-11'
	]);

	await world.transaction((db) => applyAll(db, classId, province.team.slice(0, 5)));
	await world.transaction((db) => apply(db, province.learner, AT, classId)); // again: nothing changes
	await world.transaction((db) => nominate(db, province.superior, AT, classId, province.team.slice(5)));
	expect((await classById(world.db, classId)).applicants).toBe(12);
	expect(await kindsOf(AT, province.team[5]!)).toEqual(['catalogue_nominated']);
	expect((await ownPlace(world.db, classId, province.team[5]!)).nominated_by_name).toBe('MARLINA ZAHRA');
	await expect(world.transaction((db) => drawClass(db, province.manager, AT, classId))).rejects.toEqual(
		refused('catalogue_refusal_still_open')
	);
});

test('names are for those who run the class, and for each superior his own people', async () => {
	const outsider = await world.transaction((db) => apply(db, province.otherOfficer, AT, classId));
	expect(outsider.id).toBeTruthy();
	const seen = async (actor: Actor) => (await applicantsFor(world.db, actor, classId, [])).length;
	expect([
		await seen(province.manager),
		await seen(province.superior),
		await seen(province.learner),
		await seen(province.leader),
		await seen(province.partner)
	]).toEqual([13, 12, 1, 0, 0]);
	await world.transaction((db) => withdrawApplication(db, province.otherOfficer, AT, classId, province.otherOfficer.officerId!));
	expect((await ownPlace(world.db, classId, province.otherOfficer.officerId!)).applied_at).toBeNull();
	await expect(
		world.transaction((db) => withdrawApplication(db, province.otherOfficer, AT, classId, province.otherOfficer.officerId!))
	).rejects.toEqual(refused('catalogue_refusal_no_application'));
});

test('the draw follows from the committed seed alone, happens once, and everybody hears of it', async () => {
	await expect(world.transaction((db) => apply(db, province.otherOfficer, DRAW_AT, classId))).rejects.toEqual(
		refused('catalogue_refusal_closed')
	);
	const draw = await world.transaction((db) => drawClass(db, province.manager, DRAW_AT, classId));
	expect(seedHash(draw.seed)).toBe((await classById(world.db, classId)).seed_sha256);
	expect(draw.applicants_sha256).toBe(applicantsHash(province.team));
	expect(draw.results).toEqual(drawLots(draw.seed, province.team, 6));
	expect((await enrolledIn(world.db, classId)).map((seat) => seat.officer_id).sort()).toEqual(
		draw.results
			.slice(0, 6)
			.map((lot) => lot.officerId)
			.sort()
	);
	for (const lot of draw.results)
		expect(await kindsOf(DRAW_AT, lot.officerId)).toEqual([lot.arm === 'programme' ? 'catalogue_seat' : 'catalogue_waiting']);

	await expect(world.transaction((db) => drawClass(db, province.manager, DRAW_AT, classId))).rejects.toEqual(
		refused('catalogue_refusal_drawn')
	);
	await expect(world.transaction((db) => apply(db, province.otherOfficer, AT, classId))).rejects.toEqual(
		refused('catalogue_refusal_drawn')
	);
	await expect(
		world.transaction((db) => withdrawApplication(db, as(province.team[0]!), DRAW_AT, classId, province.team[0]!))
	).rejects.toEqual(refused('catalogue_refusal_drawn'));
	const events = await sql<{
		type: string;
		n: number;
	}>`select type, count(*)::int as n from platform.events where payload->>'classId' = ${classId} group by type order by type`.execute(
		world.db
	);
	expect(events.rows).toEqual([
		{ type: 'catalogue.class_drawn', n: 1 },
		{ type: 'catalogue.enrolled', n: 6 }
	]);
	await world.transaction((db) => acknowledgeResult(db, as(draw.results[0]!.officerId), DRAW_AT, classId));
	expect(await kindsOf(DRAW_AT, draw.results[0]!.officerId)).toEqual([]);
});

test('a mark is corrected by a newer one, the earlier stays; a day that has not come cannot be marked', async () => {
	const [first, second] = await sessionsOf(world.db, classId);
	const seats = await enrolledIn(world.db, classId);
	const day = new Date('2026-12-07T09:00:00Z');
	const mark = (present: string[], at = day) =>
		world.transaction((db) => markAttendance(db, province.trainer, at, classId, { sessionId: first!.id, present }));
	expect(await mark(seats.slice(0, 5).map((seat) => seat.id))).toEqual({ marks: 6 });
	expect(await mark(seats.slice(0, 5).map((seat) => seat.id))).toEqual({ marks: 0 });
	expect(
		await mark(
			seats.map((seat) => seat.id),
			new Date('2026-12-07T10:00:00Z')
		)
	).toEqual({ marks: 1 });
	expect((await attendanceSheet(world.db, province.trainer, classId, first!.id)).every((row) => row.present)).toBe(true);
	const kept = await sql`select 1 from catalogue.attendance_marks where session_id = ${first!.id}`.execute(world.db);
	expect(kept.rows).toHaveLength(7);
	await expect(
		world.transaction((db) => markAttendance(db, province.trainer, day, classId, { sessionId: second!.id, present: [] }))
	).rejects.toEqual(refused('catalogue_refusal_day_not_come'));
});

test('completion needs eighty percent of the days and every requirement, and leaves the others for later', async () => {
	const seats = await enrolledIn(world.db, classId);
	const sessions = await sessionsOf(world.db, classId);
	const [often, enough, withCourse] = seats.map((seat) => seat.id);
	for (const [index, session] of sessions.entries())
		await world.transaction((db) =>
			markAttendance(db, province.trainer, new Date(`${session.day}T11:00:00Z`), classId, {
				sessionId: session.id,
				present: [often!, withCourse!, ...(index < 4 ? [enough!] : []), ...(index < 3 ? seats.slice(3).map((seat) => seat.id) : [])]
			})
		);
	await world.transaction((db) => addCompletionRequirement(db, withCourse!, 'course'));
	await expect(world.transaction((db) => completeClass(db, province.manager, new Date('2026-12-10T03:00:00Z'), classId))).rejects.toEqual(
		refused('catalogue_refusal_still_running')
	);
	expect(await world.transaction((db) => completeClass(db, province.manager, ENDED_AT, classId))).toEqual({ completed: 2, waiting: 4 });
	const rows = new Map((await completionRows(world.db, province.trainer, ENDED_AT, classId)).map((row) => [row.enrolmentId, row]));
	expect(rows.get(often!)).toMatchObject({ obstacles: [], facts: { days: 5, present: 5, minimumShare: 0.8 } });
	expect(rows.get(withCourse!)!.obstacles).toEqual([{ kind: 'requirement', requirement: 'course' }]);
	expect(rows.get(seats[3]!.id)!.obstacles).toEqual([{ kind: 'attendance', missing: 1 }]);

	// the course is finished a week later; a rule that changed since does not touch what was decided
	const week = new Date('2026-12-19T03:00:00Z');
	await world.transaction((db) => fulfilCompletionRequirement(db, week, withCourse!, 'course'));
	await world.transaction((db) => setSetting(db, week, 'catalogue.minimum_attendance', 0.9, null));
	expect(await world.transaction((db) => completeClass(db, province.manager, week, classId))).toEqual({ completed: 1, waiting: 3 });
	expect((await completionRows(world.db, province.trainer, week, classId)).find((row) => row.enrolmentId === enough)!.facts).toMatchObject({
		present: 4,
		minimumShare: 0.8
	});
	await expect(world.transaction((db) => completeClass(db, province.manager, week, classId))).rejects.toEqual(
		refused('catalogue_refusal_nobody_ready')
	);
	const attendance = await attendanceOf(world.db, classId);
	expect(attendance.get(seats[1]!.officer_id)).toMatchObject({
		present: 4,
		days: 5,
		attendedDays: ['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10']
	});
});

test('who waited has a seat in the next class before any lot, outside that lottery', async () => {
	const first = (await drawOf(world.db, classId))!;
	const waited = first.results.slice(6).map((lot) => lot.officerId);
	expect(await promisedSeats(world.db, programmeId)).toEqual(waited);
	const spring = new Date('2027-02-01T03:00:00Z');
	const next = await world.transaction((db) =>
		openSmallClass(
			db,
			province,
			versionId,
			{ name: 'Angkatan 2', seats: 4, applicationsCloseAt: new Date('2027-02-10T17:00:00Z'), startsOn: '2027-02-15', endsOn: '2027-02-19' },
			spring
		)
	);
	expect(await kindsOf(spring, waited[0]!)).toContain('catalogue_promised_seat');
	const others = Object.values(province.officers)
		.filter((id) => !province.team.includes(id))
		.slice(0, 4);
	await world.transaction((db) => applyAll(db, next.id, [...others, waited[3]!, waited[1]!], spring));
	expect(await kindsOf(spring, waited[1]!)).not.toContain('catalogue_promised_seat');
	const draw = await world.transaction((db) => drawClass(db, province.manager, new Date('2027-02-11T03:00:00Z'), next.id));
	expect(draw.seats_drawn).toBe(2);
	expect(draw.results.map((lot) => lot.officerId).sort()).toEqual([...others].sort());
	const seats = (await enrolledIn(world.db, next.id)).map((seat) => seat.officer_id);
	expect(seats).toHaveLength(4);
	expect(seats).toEqual(expect.arrayContaining([waited[1]!, waited[3]!]));
	expect(await promisedSeats(world.db, programmeId)).toEqual([
		waited[0],
		waited[2],
		waited[4],
		waited[5],
		...draw.results.slice(2).map((lot) => lot.officerId)
	]);
	// what they learn there is not what the first class did
	expect([...(await otherEnrolments(world.db, classId, new Date('2027-03-01T03:00:00Z')))].sort()).toEqual([waited[1]!, waited[3]!].sort());
	expect(await otherEnrolments(world.db, classId, new Date('2027-02-01T03:00:00Z'))).toEqual(new Set());
});

test('with seats for everybody nobody waits', async () => {
	const { id } = await world.transaction((db) => openSmallClass(db, province, versionId, { name: 'Angkatan 3', seats: 30 }));
	const three = ['RADEN USMAN', 'PUSPITA NINGRUM', 'OKTA RAHMAN'].map((name) => province.officers[name]!);
	await world.transaction((db) => applyAll(db, id, three));
	await world.transaction((db) => heldSmallClass(db, province, id, { [three[0]!]: 2 }));
	const draw = (await drawOf(world.db, id))!;
	expect(draw.results.map((lot) => lot.arm)).toEqual(['programme', 'programme', 'programme']);
	expect((await completionRows(world.db, province.manager, ENDED_AT, id)).map((row) => row.obstacles.length).sort()).toEqual([0, 0, 1]);
});

test('a seat given back stays empty, and a class without applicants is not drawn', async () => {
	const { id } = await world.transaction((db) => openSmallClass(db, province, versionId, { name: 'Angkatan 4', seats: 1 }));
	await expect(world.transaction((db) => drawClass(db, province.manager, DRAW_AT, id))).rejects.toEqual(
		refused('catalogue_refusal_no_applicants')
	);
	const two = ['YULIANA SAFITRI', 'ZAINAL ABIDIN'].map((name) => province.officers[name]!);
	await world.transaction((db) => applyAll(db, id, two));
	await world.transaction((db) => drawClass(db, province.manager, DRAW_AT, id));
	const [seat] = await enrolledIn(world.db, id);
	await expect(
		world.transaction((db) => releaseSeat(db, as(two.find((officer) => officer !== seat!.officer_id)!), DRAW_AT, seat!.id))
	).rejects.toThrow(NotFound);
	await world.transaction((db) => releaseSeat(db, as(seat!.officer_id), DRAW_AT, seat!.id));
	expect(await enrolledIn(world.db, id)).toEqual([]);
	expect((await enrolmentsOf(world.db, seat!.officer_id))[0]!.withdrawn_at).toEqual(DRAW_AT);
});

test('who may do what', async () => {
	const { id } = await world.transaction((db) => openSmallClass(db, province, versionId, { name: 'Angkatan 5' }));
	const nobody: Actor = { ...province.partner };
	const actors = {
		administrator: province.administrator,
		manager: province.manager,
		trainer: province.trainer,
		trainingOfficer: province.trainingOfficer,
		superior: province.superior,
		learner: province.learner,
		leader: province.leader,
		partner: nobody
	};
	const nurse = province.officers['HASAN BASRI']!;
	const elsewhere = province.officers['SITI AMINAH']!;
	const sessions = await sessionsOf(world.db, id);
	const commands: Record<string, (db: World['db'], actor: Actor) => Promise<unknown>> = {
		create: async (db, actor) =>
			createProgramme(db, actor, AT, {
				title: `P ${actor.name}`,
				competencyId: (await competencyByCode(db, 'M.3')).id,
				targetLevel: 1,
				summary: 's',
				method: 'm',
				formCode: 'KL03',
				programmeJp: 1
			}),
		nextVersion: (db, actor) => draftNextVersion(db, actor, AT, programmeId, 'r'),
		open: (db, actor) =>
			openClass(db, actor, AT, versionId, {
				name: 'x',
				seats: 1,
				place: '',
				applicationsOpenAt: AT,
				applicationsCloseAt: new Date('2026-12-01T17:00:00Z'),
				startsOn: '2026-12-07',
				endsOn: '2026-12-07'
			}),
		nominate: (db, actor) => nominate(db, actor, AT, id, [nurse]),
		nominateElsewhere: (db, actor) => nominate(db, actor, AT, id, [elsewhere]),
		draw: (db, actor) => drawClass(db, actor, DRAW_AT, id),
		mark: (db, actor) => markAttendance(db, actor, ENDED_AT, id, { sessionId: sessions[0]!.id, present: [] }),
		complete: (db, actor) => completeClass(db, actor, ENDED_AT, id)
	};
	const admitted: Record<string, string[]> = {};
	for (const [command, run] of Object.entries(commands)) {
		admitted[command] = [];
		for (const [name, actor] of Object.entries(actors)) {
			const outcome = await world
				.transaction(async (db) => {
					const result = await run(db, actor).then(
						() => 'done',
						(cause: unknown) =>
							cause instanceof NotFound ? 'not found' : cause instanceof Refusal ? 'done' : Promise.reject(cause as Error)
					);
					throw Object.assign(new Error('undo'), { result });
				})
				.catch((cause: Error & { result: string }) => {
					if (cause.result === undefined) throw cause;
					return cause.result;
				});
			if (outcome === 'done') admitted[command].push(name);
		}
	}
	const run = ['administrator', 'manager'];
	expect(admitted).toEqual({
		create: run,
		nextVersion: run,
		open: run,
		draw: run,
		complete: run,
		nominate: ['manager', 'trainingOfficer', 'superior'],
		nominateElsewhere: ['manager'],
		mark: ['administrator', 'manager', 'trainer']
	});
	await expect(apply(world.db, province.administrator, AT, id)).rejects.toThrow(NotFound);
	await expect(completionRows(world.db, province.learner, AT, id)).rejects.toThrow(NotFound);
	expect(await classesFor(world.db, province.partner, (await competencyByCode(world.db, 'M.3')).id)).toEqual([]);
	expect(await namedResults(world.db, province.leader, classId)).toEqual([]);
});
