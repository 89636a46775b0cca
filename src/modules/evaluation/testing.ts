/** A class of forty officers with a lottery, ratings and planted effects, for stories in tests; made by the commands themselves. */
import { sql } from 'kysely';
import {
	drawClass,
	drawOf,
	enrolledIn,
	createProgramme,
	markAttendance,
	nominate,
	openClass,
	publishVersion,
	sessionsOf
} from '#modules/catalogue/server/index.ts';
import { addQuestion, createTest, publishTest, questionsOf, submit } from '#modules/assessment/server/index.ts';
import { competencyByCode } from '#modules/competency/server/index.ts';
import type { SmallProvince } from '#modules/people/testing.ts';
import { createQuestionnaire, ratingSheet, submitRatings } from '#modules/surveys/server/index.ts';
import { systemActor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import type { LevelInput, PlanInput } from './forms.ts';
import { measurementsOf, type Measurement } from './server/measurements.ts';
import { savePlan } from './server/plans.ts';

/** Monday 2 February 2026, 10.00 WIB: plans are made and a class is opened. */
export const AT = new Date('2026-02-02T03:00:00Z');
export const DRAW_AT = new Date('2026-02-12T03:00:00Z');
export const BEFORE_AT = new Date('2026-02-13T03:00:00Z');
/** Class: 23–27 February. Behaviour is rated from 90 days after, 28 May, to 25 August. */
export const STARTS_ON = '2026-02-23';
export const ENDS_ON = '2026-02-27';
export const AFTER_AT = new Date('2026-06-15T03:00:00Z');
export const CLOSED_AT = new Date('2026-08-27T03:00:00Z');

/** Forty more nurses under the superior of the small province, born 1970–1989, in service since 1995–2014. */
export async function fortyOfficers(db: Db, province: SmallProvince): Promise<string[]> {
	const ids: string[] = [];
	for (let i = 0; i < 40; i++) {
		const id = newId();
		const name = `PEGAWAI ${String.fromCharCode(65 + (i % 26))}${String.fromCharCode(65 + ((i * 7) % 26))} ${i + 1}`;
		await sql`insert into people.officers (id, siasn_id, government_id, full_name, search_name, employment_kind, active, birth_date, joined_on, created_at, updated_at)
			values (${id}, ${newId()}, ${province.governmentId}, ${name}, ${name.toLowerCase()}, 'PNS', true, ${`${1970 + ((i * 7) % 20)}-05-17`}, ${`${1995 + ((i * 3) % 20)}-03-01`}, ${AT}, ${AT})`.execute(
			db
		);
		await sql`insert into people.post_assignments (id, officer_id, unit_id, post_kind, post_ref, post_name, rung, since, valid_from)
			values (${newId()}, ${id}, ${i % 2 ? province.units['Loket Pendaftaran'] : province.units['Instalasi Rawat Jalan']}, 'functional', 'perawat terampil', 'Perawat Terampil', 'terampil', '2020-01-01', '2020-01-01')`.execute(
			db
		);
		ids.push(id);
	}
	return ids;
}

export const tenBehaviours = (db: Db, province: SmallProvince): Promise<{ id: string }> =>
	createQuestionnaire(db, province.manager, AT, {
		title_id: 'Perilaku melayani di loket',
		title_en: 'Serving at the counter',
		items_id: Array.from({ length: 10 }, (_, i) => `Perilaku ke-${i + 1} yang terlihat di loket`)
	});

export const behaviourPlan = (questionnaireId: string, delta: number): LevelInput => ({
	instrumentId: questionnaireId,
	direction: 'higher',
	windowFromDays: 90,
	windowToDays: 179,
	delta,
	deltaReason: 'Selisih yang dirasakan warga di loket.',
	sd: 0.6,
	baselineCorrelation: 0.6
});

export const planFor = (province: SmallProvince, parts: Partial<PlanInput>): PlanInput => ({
	design: 'A1',
	waiverReason: null,
	learning: null,
	behaviour: null,
	covariates: ['age', 'years_of_service'],
	expectedProgramme: 20,
	expectedComparison: 20,
	attritionBoundary: 'cautious',
	attritionReason: null,
	ownerAccountId: province.manager.accountId!,
	acknowledged: true,
	...parts
});

export interface Held {
	programmeId: string;
	versionId: string;
	classId: string;
}

/** A published programme with its plan. */
export async function plannedProgramme(
	db: Db,
	province: SmallProvince,
	title: string,
	plan: PlanInput
): Promise<{ programmeId: string; versionId: string }> {
	const made = await createProgramme(db, province.manager, AT, {
		title,
		competencyId: (await competencyByCode(db, 'M.3')).id,
		targetLevel: 3,
		summary: 'Menjelaskan hal sulit dengan bahasa pasien.',
		method: 'Kasus dan latihan.',
		formCode: 'KL07',
		programmeJp: 24,
		days: 5
	});
	await savePlan(db, province.manager, AT, made.versionId, plan);
	await publishVersion(db, province.manager, AT, made.versionId);
	return { programmeId: made.id, versionId: made.versionId };
}

/** Twenty seats for the forty, drawn; the measurements open when the events are delivered. */
export async function drawnClass(
	db: Db,
	province: SmallProvince,
	versionId: string,
	officers: string[],
	when: { openedAt: Date; drawnAt: Date; startsOn: string; endsOn: string } = {
		openedAt: AT,
		drawnAt: DRAW_AT,
		startsOn: STARTS_ON,
		endsOn: ENDS_ON
	}
): Promise<string> {
	const { id } = await openClass(db, province.manager, when.openedAt, versionId, {
		name: 'Angkatan 1',
		seats: officers.length / 2,
		place: 'Kampus BPSDM',
		applicationsOpenAt: when.openedAt,
		applicationsCloseAt: new Date(when.drawnAt.getTime() - 3_600_000),
		startsOn: when.startsOn,
		endsOn: when.endsOn
	});
	await nominate(db, province.superior, when.openedAt, id, officers);
	await drawClass(db, province.manager, when.drawnAt, id);
	return id;
}

/** Everybody with a seat comes every day, but the last `absent`. */
export async function attend(db: Db, province: SmallProvince, classId: string, absent = 0): Promise<void> {
	const seats = await enrolledIn(db, classId);
	for (const session of await sessionsOf(db, classId))
		await markAttendance(db, province.trainer, new Date(`${session.day}T09:00:00Z`), classId, {
			sessionId: session.id,
			present: seats.slice(0, seats.length - absent).map((seat) => seat.id)
		});
}

export const momentOf = async (db: Db, classId: string, level: 'L2' | 'L3', moment: 'before' | 'after'): Promise<Measurement> =>
	(await measurementsOf(db, classId)).find((measurement) => measurement.level === level && measurement.moment === moment)!;

/** What the superior sees of a person, in tenths between 10 and 50, by arm and place in the order of names. */
export type Planted = (arm: 'programme' | 'comparison', index: number) => number;

/** The superior rates everybody; ten items carry the tenths. `skip` leaves persons of that place out. */
export async function rateAll(
	db: Db,
	province: SmallProvince,
	classId: string,
	moment: 'before' | 'after',
	at: Date,
	planted: Planted,
	skip: (index: number) => boolean = () => false
): Promise<void> {
	const measurement = await momentOf(db, classId, 'L3', moment);
	const rounds = await sql<{ id: string }>`select id from surveys.rating_rounds where ref = ${measurement.id}`.execute(db);
	const roundId = rounds.rows[0]!.id;
	const sheet = await ratingSheet(db, province.superior, at, roundId);
	const arms = new Map((await drawOf(db, classId))!.results.map((result) => [result.officerId, result.arm]));
	const assigned = await sql<{
		id: string;
		subject_officer_id: string;
	}>`select id, subject_officer_id from surveys.rating_assignments where round_id = ${roundId}`.execute(db);
	const subjectOf = new Map(assigned.rows.map((row) => [row.id, row.subject_officer_id]));
	const counters = { programme: 0, comparison: 0 };
	const ratings = sheet.subjects.flatMap((subject) => {
		const arm = arms.get(subjectOf.get(subject.assignmentId)!)!;
		const index = counters[arm]++;
		if (skip(index)) return [];
		const tenths = Math.max(10, Math.min(50, Math.round(planted(arm, index))));
		const low = Math.floor(tenths / 10);
		const values = Object.fromEntries(sheet.items.map((item, i) => [item.id, i < tenths - low * 10 ? low + 1 : low]));
		return [{ assignmentId: subject.assignmentId, values, cannotRate: false, reason: '' }];
	});
	await submitRatings(db, province.superior, at, roundId, { final: true, ratings });
}

/** Persons differ from each other before: 2.0 to 3.9, alike in both arms. */
export const before: Planted = (_arm, index) => 20 + ((index * 7) % 20);
/** After: as before, plus the effect in the programme's arm, plus a wobble of ± `noise` tenths that is the same in both. */
export const after =
	(effect: number, noise: number): Planted =>
	(arm, index) =>
		before(arm, index) + (arm === 'programme' ? effect : 0) + (((index * 13) % 5) - 2) * (noise / 2);

/** A published test of ten questions with two options each. */
export async function tenQuestions(db: Db, province: SmallProvince): Promise<{ id: string }> {
	const made = await createTest(db, province.trainer, AT, {
		title: 'Tes komunikasi di loket',
		competencyId: (await competencyByCode(db, 'M.3')).id,
		targetLevel: 3
	});
	for (let i = 1; i <= 10; i++)
		await addQuestion(db, province.trainer, made.id, {
			stem: `Kasus ${i}`,
			explanation: 'Karena warga perlu paham.',
			options: [
				{ text: 'Tepat', correct: true },
				{ text: 'Keliru', correct: false }
			]
		});
	await publishTest(db, province.trainer, AT, made.id);
	return made;
}

export const learningPlan = (testId: string, delta: number): LevelInput => ({
	...behaviourPlan(testId, delta),
	windowFromDays: 1,
	windowToDays: 14,
	deltaReason: 'Setengah kesalahan hilang.',
	sd: 18
});

/** Everybody of both arms answers; `right` of the ten questions. */
export async function answerAll(db: Db, classId: string, moment: 'before' | 'after', at: Date, right: Planted): Promise<void> {
	const measurement = await momentOf(db, classId, 'L2', moment);
	const questions = await questionsOf(db, measurement.instrument_id);
	const asked = await sql<{
		id: string;
		officer_id: string;
		arm: 'programme' | 'comparison';
	}>`select s.id, s.officer_id, r.arm from assessment.sittings s
		join catalogue.draw_results r on r.officer_id = s.officer_id and r.class_id = ${classId} where s.ref = ${measurement.id} order by s.officer_id`.execute(
		db
	);
	const counters = { programme: 0, comparison: 0 };
	for (const { id, officer_id, arm } of asked.rows) {
		const correct = Math.max(0, Math.min(10, right(arm, counters[arm]++)));
		const answers = new Map(
			questions.map((question, i) => [question.id, [question.options.find((option) => option.correct === i < correct)!.id]])
		);
		await submit(db, { ...systemActor, system: false, officerId: officer_id, personId: officer_id }, at, id, answers);
	}
}
