/** Programmes, classes and what came of them, made by the commands that the pages use, each at its own time. */
import { sql } from 'kysely';
import { addQuestion, createTest, publishTest, questionsOf, submit } from '../src/modules/assessment/server/index.ts';
import {
	apply,
	completeClass,
	createProgramme,
	drawClass,
	drawOf,
	enrolledIn,
	markAttendance,
	openClass,
	publishVersion,
	sessionsOf
} from '../src/modules/catalogue/server/index.ts';
import { drawLots, newSeed, seedHash } from '../src/modules/catalogue/server/index.ts';
import { competencyByCode } from '../src/modules/competency/server/index.ts';
import { dailyEvaluation, measurementsOf, savePlan } from '../src/modules/evaluation/server/index.ts';
import { addPractice, createLesson, finishLesson, ownCourse, publishLesson } from '../src/modules/learning/server/index.ts';
import { createQuestionnaire, ratingSheet, submitRatings } from '../src/modules/surveys/server/index.ts';
import { BEHAVIOURS, type DemoLesson, type Item } from './content.ts';
import type { Db } from '../src/platform/database/connection.ts';
import { asOfficer, dayText, type Stage } from './stage.ts';

export async function writeTest(stage: Stage, at: Date, title: string, competency: string, level: number, items: Item[]): Promise<string> {
	return stage.act(async (db) => {
		const { id } = await createTest(db, stage.trainer, at, {
			title,
			competencyId: (await competencyByCode(db, competency)).id,
			targetLevel: level
		});
		for (const item of items) await addQuestion(db, stage.trainer, id, question(item));
		await publishTest(db, stage.trainer, at, id);
		return id;
	});
}

const question = ([stem, options, right, explanation]: Item) => ({
	stem,
	explanation,
	options: options.map((text, place) => ({ text, correct: place === right }))
});

export const writeQuestionnaire = async (stage: Stage, at: Date): Promise<string> =>
	(
		await stage.act((db) =>
			createQuestionnaire(db, stage.manager, at, {
				title_id: 'Perilaku melayani',
				title_en: 'Serving behaviour',
				items_id: BEHAVIOURS.map(([id]) => id),
				items_en: BEHAVIOURS.map(([, en]) => en)
			} as never)
		)
	).id;

export interface Offered {
	title: string;
	competency: string;
	level: number;
	summary: string;
	method: string;
	testId: string;
	questionnaireId: string;
	lessons: DemoLesson[];
	/** Days after the class in which behaviour is rated. */
	behaviourWindow: [number, number];
}

export async function publishProgramme(stage: Stage, at: Date, offered: Offered): Promise<{ id: string; versionId: string }> {
	return stage.act(async (db) => {
		const made = await createProgramme(db, stage.manager, at, {
			title: offered.title,
			competencyId: (await competencyByCode(db, offered.competency)).id,
			targetLevel: offered.level,
			summary: offered.summary,
			method: offered.method,
			formCode: 'KL07',
			programmeJp: 24,
			days: 3
		});
		for (const lesson of offered.lessons) {
			const { id } = await createLesson(db, stage.trainer, at, made.versionId, {
				title: lesson.title,
				minutes: lesson.minutes,
				body_markdown: lesson.body
			});
			await addPractice(db, stage.trainer, id, question(lesson.practice));
			await publishLesson(db, stage.trainer, at, id);
		}
		const level = { direction: 'higher' as const, baselineCorrelation: 0.5 };
		await savePlan(db, stage.manager, at, made.versionId, {
			design: 'A1',
			waiverReason: null,
			learning: {
				...level,
				instrumentId: offered.testId,
				windowFromDays: 0,
				windowToDays: 21,
				delta: 10,
				deltaReason: 'Satu soal dari sepuluh: selisih yang masih terasa di loket.',
				sd: 18
			},
			behaviour: {
				...level,
				instrumentId: offered.questionnaireId,
				windowFromDays: offered.behaviourWindow[0],
				windowToDays: offered.behaviourWindow[1],
				delta: 0.4,
				deltaReason: 'Hampir setengah tingkat pada skala 1 sampai 5.',
				sd: 0.6
			},
			covariates: ['age', 'years_of_service'],
			expectedProgramme: 20,
			expectedComparison: 20,
			attritionBoundary: 'cautious',
			attritionReason: null,
			ownerAccountId: stage.manager.accountId!,
			acknowledged: true
		});
		await publishVersion(db, stage.manager, at, made.versionId);
		return made;
	});
}

export interface HeldClass {
	name: string;
	versionId: string;
	applicants: string[];
	seats: number;
	/** First day of class, in days from now; it lasts three working days. */
	starts: number;
	place: string;
	/** Who must get a seat, for the story. */
	certain?: string;
}

/** Opened five weeks before, applied for by each, drawn two weeks before, and everybody is asked alike. */
export async function holdDraw(stage: Stage, held: HeldClass): Promise<string> {
	const { id } = await stage.act((db) =>
		openClass(db, stage.manager, stage.day(held.starts - 35), held.versionId, {
			name: held.name,
			seats: held.seats,
			place: held.place,
			applicationsOpenAt: stage.day(held.starts - 35),
			applicationsCloseAt: stage.day(held.starts - 15, 17),
			startsOn: dayText(stage.day(held.starts)),
			endsOn: dayText(stage.day(held.starts + 4))
		})
	);
	if (held.certain) await stage.act((db) => seedThatSeats(db, id, held.applicants, held.seats, held.certain!));
	for (const officerId of held.applicants) await stage.act((db) => apply(db, asOfficer(officerId), stage.day(held.starts - 30), id));
	await stage.act((db) => drawClass(db, stage.manager, stage.day(held.starts - 14), id));
	await stage.jobs.drain();
	return id;
}

/** A story needs its person in the class: the demo, and only the demo, looks for such a seed before anybody applies. */
async function seedThatSeats(db: Db, classId: string, applicants: string[], seats: number, certain: string): Promise<void> {
	const seated = (seed: string) => drawLots(seed, applicants, seats).some((lot) => lot.officerId === certain && lot.arm === 'programme');
	let seed = newSeed();
	while (!seated(seed)) seed = newSeed();
	await sql`update catalogue.draw_seeds set seed = ${seed} where class_id = ${classId}`.execute(db);
	await sql`update catalogue.classes set seed_sha256 = ${seedHash(seed)} where id = ${classId}`.execute(db);
}

/** What a person brings to a test or shows at work, and what the class adds. */
export interface Truth {
	/** Chance to answer a question right before, per person. */
	skill(index: number): number;
	learningGain: number;
	/** Mean behaviour before, 1–5. */
	behaviour(index: number): number;
	behaviourGain: number;
	noise: number;
}

export async function takeTests(stage: Stage, classId: string, moment: 'before' | 'after', at: Date, truth: Truth): Promise<void> {
	const measurement = (await measurementsOf(stage.db, classId)).find((row) => row.level === 'L2' && row.moment === moment)!;
	const arms = new Map((await drawOf(stage.db, classId))!.results.map((result, index) => [result.officerId, { arm: result.arm, index }]));
	const { rows } = await sql<{
		id: string;
		officer_id: string;
		test_id: string;
	}>`select id, officer_id, test_id from assessment.sittings where ref = ${measurement.id} order by id`.execute(stage.db);
	for (const sitting of rows) {
		const { arm, index } = arms.get(sitting.officer_id)!;
		const chance = Math.min(
			0.97,
			Math.max(0.05, truth.skill(index) + (moment === 'after' ? 0.05 + (arm === 'programme' ? truth.learningGain : 0) : 0))
		);
		const answers = new Map<string, string[]>();
		for (const item of await questionsOf(stage.db, sitting.test_id)) {
			const right = stage.random.next() < chance;
			answers.set(item.id, [stage.random.pick(item.options.filter((option) => option.correct === right)).id]);
		}
		await stage.act((db) => submit(db, asOfficer(sitting.officer_id), at, sitting.id, answers));
	}
}

/** Every superior rates everybody of both arms in one form. */
export async function rateBehaviour(stage: Stage, classId: string, moment: 'before' | 'after', at: Date, truth: Truth): Promise<void> {
	const measurement = (await measurementsOf(stage.db, classId)).find((row) => row.level === 'L3' && row.moment === moment)!;
	const arms = new Map((await drawOf(stage.db, classId))!.results.map((result, index) => [result.officerId, { arm: result.arm, index }]));
	const round = (await sql<{ id: string }>`select id from surveys.rating_rounds where ref = ${measurement.id}`.execute(stage.db)).rows[0]!
		.id;
	const { rows } = await sql<{
		id: string;
		subject_officer_id: string;
		rater_person_id: string;
	}>`select id, subject_officer_id, rater_person_id from surveys.rating_assignments where round_id = ${round}`.execute(stage.db);
	for (const superior of stage.superiors.values()) {
		const own = new Map(rows.filter((row) => row.rater_person_id === superior.personId).map((row) => [row.id, row.subject_officer_id]));
		if (own.size === 0) continue;
		await stage.act(async (db) => {
			const sheet = await ratingSheet(db, superior, at, round);
			const ratings = sheet.subjects.map((subject) => {
				const { arm, index } = arms.get(own.get(subject.assignmentId)!)!;
				const mean =
					truth.behaviour(index) +
					(moment === 'after' && arm === 'programme' ? truth.behaviourGain : 0) +
					truth.noise * stage.random.normal();
				const values = Object.fromEntries(
					sheet.items.map((item) => [item.id, Math.min(5, Math.max(1, Math.round(mean + 0.35 * stage.random.normal())))])
				);
				return { assignmentId: subject.assignmentId, values, cannotRate: false, reason: '' };
			});
			await submitRatings(db, superior, at, round, { final: true, ratings });
		});
	}
	await stage.jobs.drain();
}

/** The days of class, the lessons, the completion; hours and certificates follow by themselves. */
export async function teach(stage: Stage, classId: string, starts: number, until: 'end' | 'half'): Promise<void> {
	const seats = await enrolledIn(stage.db, classId);
	const sessions = await sessionsOf(stage.db, classId);
	for (const [index, session] of sessions.entries()) {
		if (until === 'half' && index >= sessions.length / 2) break;
		const absent = stage.random.between(0, 1);
		await stage.act((db) =>
			markAttendance(db, stage.trainer, new Date(`${session.day}T17:00:00+07:00`), classId, {
				sessionId: session.id,
				present: seats.slice(0, seats.length - absent).map((seat) => seat.id)
			})
		);
	}
	for (const [index, seat] of seats.entries()) {
		const { steps } = await ownCourse(stage.db, asOfficer(seat.officer_id), seat.id);
		const wanted =
			until === 'end' ? (index === seats.length - 1 ? steps.length - 1 : steps.length) : Math.min(steps.length, index % (steps.length + 1));
		for (const step of steps.slice(0, wanted))
			await stage.act((db) => finishLesson(db, asOfficer(seat.officer_id), stage.day(starts + 1, 20), seat.id, step.id));
	}
	if (until === 'half') return;
	await stage.act((db) => completeClass(db, stage.manager, stage.day(starts + 5), classId));
	await stage.jobs.drain();
}

/** The windows have closed: the analyses of that day, and the cases they open. */
export async function closeWindows(stage: Stage, at: Date): Promise<void> {
	await stage.act((db) => dailyEvaluation(db, at));
	await stage.jobs.drain();
}
