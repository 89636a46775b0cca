import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawOf, enrolledIn, openClass, publishVersion } from '#modules/catalogue/server/index.ts';
import { smallProvince, type SmallProvince } from '#modules/people/testing.ts';
import { ratingSheet } from '#modules/surveys/server/index.ts';
import { evaluate } from '#statistics';
import { inboxOf } from '#platform/inbox.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import {
	analyse,
	analyseReady,
	analysisOf,
	chainFacts,
	closeCase,
	dailyEvaluation,
	effectCards,
	handOver,
	latestAnalyses,
	measurementsOf,
	measurementStatus,
	missingFor,
	openMeasurements,
	openReviewCases,
	planOf,
	planSheet,
	readinessOf,
	recordDiagnosis,
	reviewCase,
	reviewCases,
	savePlan,
	snapshotOf,
	startNewVersion,
	stepsOf
} from './server/index.ts';
import { diagnose } from './index.ts';
import {
	after,
	AFTER_AT,
	answerAll,
	AT,
	attend,
	before,
	BEFORE_AT,
	behaviourPlan,
	CLOSED_AT,
	drawnClass,
	DRAW_AT,
	fortyOfficers,
	learningPlan,
	momentOf,
	plannedProgramme,
	planFor,
	rateAll,
	tenBehaviours,
	tenQuestions,
	type Held,
	type Planted
} from './testing.ts';

let world: World;
let province: SmallProvince;
let officers: string[];
let questionnaireId: string;

beforeAll(async () => {
	world = await openWorld();
	await world.transaction(async (db) => {
		province = await smallProvince(db);
		officers = await fortyOfficers(db, province);
		questionnaireId = (await tenBehaviours(db, province)).id;
	});
});
afterAll(() => world.close());

/** A class measured before, held, and measured after with what was planted; nobody is left to answer unless skipped. */
async function held(
	title: string,
	delta: number,
	planted: Planted,
	options: { measureAfter?: boolean; skip?: (index: number) => boolean } = {}
): Promise<Held> {
	const made = await world.transaction((db) =>
		plannedProgramme(db, province, title, planFor(province, { behaviour: behaviourPlan(questionnaireId, delta) }))
	);
	const classId = await world.transaction((db) => drawnClass(db, province, made.versionId, officers));
	await world.drain();
	await world.transaction((db) => rateAll(db, province, classId, 'before', BEFORE_AT, before));
	await world.transaction((db) => attend(db, province, classId, 2));
	if (options.measureAfter ?? true)
		await world.transaction((db) => rateAll(db, province, classId, 'after', AFTER_AT, planted, options.skip));
	await world.drain();
	return { ...made, classId };
}

describe('a plan', () => {
	test('is kept canonically with its hash; the same again is the same row, a change a new one', async () => {
		const plan = planFor(province, { behaviour: behaviourPlan(questionnaireId, 0.5) });
		const { versionId } = await world.transaction((db) => plannedProgramme(db, province, 'Rencana tersimpan', plan));
		const first = (await planOf(world.db, versionId))!;
		expect(first.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(first.content.behaviour!.mde).toBeGreaterThan(0.3);
		await world.transaction((db) => savePlan(db, province.manager, AT, versionId, plan));
		expect((await planOf(world.db, versionId))!.id).toBe(first.id);
		await world.transaction((db) => savePlan(db, province.manager, AT, versionId, { ...plan, covariates: ['age'] }));
		const second = (await planOf(world.db, versionId))!;
		expect([second.amendment, second.exploratory, second.sha256 === first.sha256]).toEqual([1, false, false]);
	});

	test('that cannot answer needs to be acknowledged', async () => {
		const plan = planFor(province, { behaviour: behaviourPlan(questionnaireId, 0.1), acknowledged: false });
		await expect(world.transaction((db) => plannedProgramme(db, province, 'Terlalu kecil untuk terlihat', plan))).rejects.toThrow(
			'evaluation_cannot_answer'
		);
		await expect(
			world.transaction((db) => plannedProgramme(db, province, 'Terlalu kecil untuk terlihat', { ...plan, acknowledged: true }))
		).resolves.toBeTruthy();
	});

	test('names an owner who runs programmes, and instruments that exist', async () => {
		const plan = planFor(province, { behaviour: behaviourPlan(questionnaireId, 0.5) });
		await expect(
			world.transaction((db) => plannedProgramme(db, province, 'x', { ...plan, ownerAccountId: province.superior.accountId! }))
		).rejects.toThrow('evaluation_owner_role');
		const unknown = behaviourPlan('00000000-0000-7000-8000-000000000000', 0.5);
		await expect(world.transaction((db) => plannedProgramme(db, province, 'x', { ...plan, behaviour: unknown }))).rejects.toThrow(
			'evaluation_questionnaire_unknown'
		);
		await expect(
			world.transaction((db) => plannedProgramme(db, province, 'x', { ...plan, behaviour: null, learning: unknown }))
		).rejects.toThrow('evaluation_test_unknown');
	});

	test('only monitored programmes are described, never judged', async () => {
		const made = await world.transaction((db) =>
			plannedProgramme(
				db,
				province,
				'Hanya dipantau',
				planFor(province, { design: 'E', waiverReason: 'Semua pendaftar harus ikut.', behaviour: behaviourPlan(questionnaireId, 0.3) })
			)
		);
		const classId = await world.transaction((db) => drawnClass(db, province, made.versionId, officers));
		await world.drain();
		await world.transaction((db) => rateAll(db, province, classId, 'before', BEFORE_AT, before));
		await world.transaction((db) => rateAll(db, province, classId, 'after', AFTER_AT, after(8, 2)));
		await world.drain();
		const analysis = (await analysisOf(world.db, classId, 'L3'))!;
		expect(analysis.verdict).toBe('NO_CAUSAL_VERDICT');
		expect(analysis.result.flow.assigned).toEqual({ treated: 20, comparison: 0 });
	});
});

describe('an effective class', () => {
	let made: Held;
	beforeAll(async () => {
		made = await held('Komunikasi yang berhasil', 0.3, after(8, 2), { measureAfter: false });
	});

	test('asks both arms alike from the day of the draw, and persons never enrolled too', async () => {
		const moments = await measurementsOf(world.db, made.classId);
		expect(moments.map(({ level, moment }) => `${level} ${moment}`)).toEqual(['L3 before', 'L3 after']);
		const [first, second] = moments;
		expect(first!.opens_at).toEqual(DRAW_AT);
		expect(first!.due_at.toISOString()).toBe('2026-02-22T17:00:00.000Z');
		expect([second!.opens_at.toISOString(), second!.due_at.toISOString()]).toEqual([
			'2026-05-27T17:00:00.000Z',
			'2026-08-25T16:59:59.000Z'
		]);
		const { persons } = await measurementStatus(world.db, province.manager, BEFORE_AT, made.classId);
		const enrolled = new Set((await enrolledIn(world.db, made.classId)).map((seat) => seat.officer_id));
		const never = persons.filter((person) => !enrolled.has(person.officerId));
		expect(never).toHaveLength(20);
		expect(never.every((person) => person.answers[first!.id]!.state === 'answered' && person.answers[first!.id]!.value! >= 2)).toBe(true);
		// delivered twice: nothing is asked twice
		await world.transaction((db) => openMeasurements(db, DRAW_AT, made.classId));
		expect(await measurementsOf(world.db, made.classId)).toHaveLength(2);
	});

	test('does not tell the rater who is in it: the page follows neither arm nor draw', async () => {
		const round = await sql<{
			id: string;
		}>`select id from surveys.rating_rounds where ref = ${(await momentOf(world.db, made.classId, 'L3', 'after')).id}`.execute(world.db);
		const sheet = await ratingSheet(world.db, province.superior, AFTER_AT, round.rows[0]!.id);
		expect(sheet.subjects).toHaveLength(40);
		expect(JSON.stringify(sheet)).not.toMatch(/programme|comparison|pembanding|Angkatan|Komunikasi yang berhasil/);
		const names = sheet.subjects.map((subject) => subject.name);
		expect(names).toEqual([...names].sort(new Intl.Collator('id').compare));
		const results = (await drawOf(world.db, made.classId))!.results;
		const assignments = await sql<{
			id: string;
			officer: string;
		}>`select id, subject_officer_id as officer from surveys.rating_assignments where round_id = ${round.rows[0]!.id}`.execute(world.db);
		const armOf = new Map(results.map((result) => [result.officerId, result.arm]));
		// sorted by the only ids on the page, the arms are mixed: not one block after the other
		const order = [...assignments.rows].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => armOf.get(row.officer));
		expect(order.filter((arm, i) => i > 0 && arm !== order[i - 1]).length).toBeGreaterThan(3);
	});

	test('nobody looks before the window closes, unless everybody answered', async () => {
		await expect(world.transaction((db) => analyse(db, BEFORE_AT, made.classId, 'L3'))).rejects.toThrow('evaluation_not_begun');
		await world.transaction((db) => rateAll(db, province, made.classId, 'after', AFTER_AT, after(8, 2), (index) => index === 3));
		await world.drain();
		expect(await readinessOf(world.db, AFTER_AT, made.classId, 'L3')).toMatchObject({ state: 'waiting', answered: 38, asked: 40 });
		await expect(world.transaction((db) => analyse(db, AFTER_AT, made.classId, 'L3'))).rejects.toMatchObject({
			code: 'evaluation_waiting',
			params: { persons: 2 }
		});
		await expect(world.transaction((db) => analyse(db, AFTER_AT, made.classId, 'L2'))).rejects.toThrow('evaluation_not_measured');
		expect(await analysisOf(world.db, made.classId, 'L3')).toBeUndefined();
		// the last answer brings the analysis by itself
		await world.transaction((db) => rateAll(db, province, made.classId, 'after', AFTER_AT, after(8, 2)));
		await world.drain();
		expect((await analysisOf(world.db, made.classId, 'L3'))!.verdict).toBe('EFFECTIVE');
	});

	test('is judged by intention to treat, with rows that lead back to nobody and can be computed again', async () => {
		const analysis = (await analysisOf(world.db, made.classId, 'L3'))!;
		expect(analysis.result.estimate).toBeCloseTo(0.8, 1);
		expect(analysis.result.rating).toBe('MEETS_WITHOUT_RESERVATIONS');
		expect(analysis.result.flow).toMatchObject({
			assigned: { treated: 20, comparison: 20 },
			attended: { treated: 18, comparison: 0 },
			measured: { treated: 20, comparison: 20 }
		});
		const snapshot = (await snapshotOf(world.db, analysis.id))!;
		expect(snapshot.rows).toHaveLength(40);
		expect(officers.some((id) => JSON.stringify(snapshot).includes(id))).toBe(false);
		expect(evaluate(snapshot.plan, snapshot.rows)).toEqual(analysis.result);
	});

	test('computed again on the same data it is the same row, also at once', async () => {
		const runs = await Promise.all([1, 2, 3].map(() => world.transaction((db) => analyseReady(db, CLOSED_AT, made.classId))));
		expect(new Set(runs.flat().map((analysis) => analysis.id)).size).toBe(1);
		const stored = await sql`select 1 from evaluation.analyses where class_id = ${made.classId}`.execute(world.db);
		expect(stored.rows).toHaveLength(1);
	});

	test('opens no case, and stands on the boards', async () => {
		expect((await reviewCases(world.db, province.manager)).filter((review) => review.programme_id === made.programmeId)).toEqual([]);
		const row = (await latestAnalyses(world.db, province.leader)).find((each) => each.programmeId === made.programmeId)!;
		expect(row).toMatchObject({ finding: 'EFFECTIVE', level: 'L3', analysed: { treated: 20, comparison: 20 }, delta: 0.3, caseId: null });
		expect(row.sentence.id).toContain('menaikkan');
	});

	test('a plan changed after class began is exploratory, and so is what follows from it', async () => {
		const plan = planFor(province, { behaviour: behaviourPlan(questionnaireId, 1.5) });
		const saved = await world.transaction((db) => savePlan(db, province.manager, CLOSED_AT, made.versionId, plan));
		expect(saved.exploratory).toBe(true);
		await world.transaction((db) => analyseReady(db, CLOSED_AT, made.classId));
		expect((await analysisOf(world.db, made.classId, 'L3'))!.verdict).toBe('EFFECTIVE');
		const explored = await sql<{
			exploratory: boolean;
			qualifier: string;
		}>`select exploratory, result->>'qualifier' as qualifier from evaluation.analyses where plan_id = ${saved.id}`.execute(world.db);
		expect(explored.rows).toEqual([{ exploratory: true, qualifier: 'TOO_SMALL_TO_MATTER' }]);
		expect((await reviewCases(world.db, province.manager)).filter((review) => review.programme_id === made.programmeId)).toEqual([]);
		// instruments belong to a new version of the programme
		const other = { ...plan, behaviour: { ...plan.behaviour!, windowToDays: 200 } };
		await expect(world.transaction((db) => savePlan(db, province.manager, CLOSED_AT, made.versionId, other))).rejects.toThrow(
			'evaluation_instruments_fixed'
		);
	});
});

test('an unclear class asks for more people and opens no case', async () => {
	const made = await held(
		'Belum pasti',
		0.15,
		(arm, index) => 20 + ((index * 11 + (arm === 'programme' ? 5 : 0)) % 23) + (arm === 'programme' ? 2 : 0)
	);
	const analysis = (await analysisOf(world.db, made.classId, 'L3'))!;
	expect(analysis.verdict).toBe('INCONCLUSIVE');
	expect(analysis.result.moreNeeded!.treated).toBeGreaterThan(0);
	expect((await openReviewCases(world.db, province.manager)).filter((review) => review.programme_id === made.programmeId)).toEqual([]);
});

test('when the window closes without everybody, the daily job works it out with whom there is', async () => {
	const made = await held('Sebagian hilang', 0.3, after(8, 2), { skip: (index) => index === 0 });
	expect(await analysisOf(world.db, made.classId, 'L3')).toBeUndefined();
	await world.transaction((db) => dailyEvaluation(db, CLOSED_AT));
	const analysis = (await analysisOf(world.db, made.classId, 'L3'))!;
	expect(analysis.result.flow.measured).toEqual({ treated: 19, comparison: 19 });
	await world.transaction((db) => dailyEvaluation(db, new Date(CLOSED_AT.getTime() + 86_400_000)));
	expect((await analysisOf(world.db, made.classId, 'L3'))!.id).toBe(analysis.id);
});

describe('a class whose effect is too small to matter', () => {
	let made: Held;
	let caseId: string;
	const NEXT = {
		openedAt: new Date('2026-08-28T03:00:00Z'),
		drawnAt: new Date('2026-09-08T03:00:00Z'),
		startsOn: '2026-09-14',
		endsOn: '2026-09-18'
	};
	const manager = () => province.manager;
	const act = <T>(work: (db: World['db']) => Promise<T>) => world.transaction(work);

	beforeAll(async () => {
		made = await held('Pelayanan prima', 0.5, after(1, 2));
	});

	test('opens a case by itself, with owner, date, inbox and mail', async () => {
		const [review] = (await openReviewCases(world.db, manager())).filter((each) => each.programme_id === made.programmeId);
		expect(review).toMatchObject({ level: 'L3', owner_name: manager().name, due_on: '2026-07-15', closed_at: null });
		expect(['NO_MEANINGFUL_EFFECT', 'EFFECTIVE']).toContain(review!.verdict);
		caseId = review!.id;
		expect(
			(await inboxOf(world.db, AFTER_AT, manager().personId!, 200)).filter((item) => item.ref === caseId).map((item) => item.kind)
		).toEqual(['evaluation_review']);
		expect(world.mails.filter((mail) => mail.text.includes(caseId))).toHaveLength(1);
		expect((await stepsOf(world.db, caseId)).map((step) => step.kind)).toEqual(['opening']);
		// the same analysis again opens nothing more
		await act((db) => analyseReady(db, CLOSED_AT, made.classId));
		expect((await reviewCases(world.db, manager())).filter((each) => each.programme_id === made.programmeId)).toHaveLength(1);
	});

	test('is closed by nothing but the next measurement; each refusal says what is missing', async () => {
		const close = () => act((db) => closeCase(db, manager(), CLOSED_AT, caseId, { note: 'selesai' }));
		await expect(close()).rejects.toThrow('evaluation_missing_diagnosis');
		await expect(act((db) => startNewVersion(db, manager(), CLOSED_AT, caseId, { change_reason: 'x' }))).rejects.toThrow(
			'evaluation_missing_diagnosis'
		);
		await act((db) => recordDiagnosis(db, manager(), CLOSED_AT, caseId, { link: 'transfer', note: 'Tidak ada kesempatan mencoba.' }));
		await expect(close()).rejects.toThrow('evaluation_missing_new_version');
		const { versionId } = await act((db) =>
			startNewVersion(db, manager(), CLOSED_AT, caseId, { change_reason: 'Praktik dua minggu di loket.' })
		);
		expect(await act((db) => startNewVersion(db, manager(), CLOSED_AT, caseId, { change_reason: 'lagi' }))).toEqual({ versionId });
		await expect(close()).rejects.toThrow('evaluation_missing_publication');
		await act((db) => savePlan(db, manager(), CLOSED_AT, versionId, planFor(province, { behaviour: behaviourPlan(questionnaireId, 0.5) })));
		await act((db) => publishVersion(db, manager(), CLOSED_AT, versionId));
		await expect(close()).rejects.toThrow('evaluation_missing_next_class');
		// those who waited have their seat promised, so the next lottery is among others
		const fresh = await act((db) => fortyOfficers(db, province));
		const nextClass = await act((db) => drawnClass(db, province, versionId, fresh, NEXT));
		await world.drain();
		await expect(close()).rejects.toThrow('evaluation_missing_next_analysis');
		expect(await missingFor(world.db, await reviewCase(world.db, manager(), caseId))).toEqual(['next_analysis']);

		await act((db) => rateAll(db, province, nextClass, 'before', new Date('2026-09-09T03:00:00Z'), before));
		await act((db) => rateAll(db, province, nextClass, 'after', new Date('2027-01-05T03:00:00Z'), after(9, 2)));
		await world.drain();
		expect((await analysisOf(world.db, nextClass, 'L3'))!.verdict).toBe('EFFECTIVE');
		const last = () =>
			act((db) => closeCase(db, manager(), new Date('2027-01-10T03:00:00Z'), caseId, { note: 'Praktik di loket yang membedakan.' }));
		await last();
		await expect(last()).rejects.toThrow('evaluation_case_closed');
		expect((await stepsOf(world.db, caseId)).map((step) => step.kind)).toEqual([
			'opening',
			'diagnosis',
			'new_version',
			'next_class',
			'measurement',
			'closing'
		]);
		expect(
			(await inboxOf(world.db, new Date('2027-02-01T03:00:00Z'), manager().personId!, 200)).filter((item) => item.ref === caseId)
		).toEqual([]);
	});
});

test('harm opens a case at once and stops new classes of the version', async () => {
	const made = await held('Merugikan', 0.3, after(-9, 2));
	const [review] = (await openReviewCases(world.db, province.manager)).filter((each) => each.programme_id === made.programmeId);
	expect(review!.verdict).toBe('HARMFUL');
	await expect(
		world.transaction((db) =>
			openClass(db, province.manager, AFTER_AT, made.versionId, {
				name: 'Angkatan 2',
				seats: 10,
				place: '',
				applicationsOpenAt: AFTER_AT,
				applicationsCloseAt: CLOSED_AT,
				startsOn: '2026-09-14',
				endsOn: '2026-09-18'
			})
		)
	).rejects.toThrow('catalogue_refusal_waits_review_closed');
	// handed over: the other owner is asked, the first no longer
	const at = new Date('2026-06-20T03:00:00Z');
	await expect(
		world.transaction((db) =>
			handOver(db, province.manager, at, review!.id, { owner_account_id: province.superior.accountId!, due_on: '2026-07-30', note: '' })
		)
	).rejects.toThrow('evaluation_owner_role');
	await expect(
		world.transaction((db) =>
			handOver(db, province.manager, at, review!.id, { owner_account_id: province.manager.accountId!, due_on: '2026-06-01', note: '' })
		)
	).rejects.toThrow('evaluation_due_past');
	await world.transaction((db) =>
		handOver(db, province.manager, at, review!.id, {
			owner_account_id: province.manager.accountId!,
			due_on: '2026-08-01',
			note: 'Menunggu pengajar.'
		})
	);
	expect(await reviewCase(world.db, province.manager, review!.id)).toMatchObject({ due_on: '2026-08-01' });
});

test('learned but not used: both levels are measured alike, and the case says where the chain broke', async () => {
	const testId = (await world.transaction((db) => tenQuestions(db, province))).id;
	const plan = planFor(province, { learning: learningPlan(testId, 10), behaviour: behaviourPlan(questionnaireId, 0.5) });
	const made = await world.transaction((db) => plannedProgramme(db, province, 'Paham tetapi tidak dipakai', plan));
	const classId = await world.transaction((db) => drawnClass(db, province, made.versionId, officers));
	await world.drain();
	await world.transaction((db) => answerAll(db, classId, 'before', BEFORE_AT, (_arm, index) => 3 + (index % 4)));
	await world.transaction((db) => rateAll(db, province, classId, 'before', BEFORE_AT, before));
	await world.transaction((db) => attend(db, province, classId));
	await world.transaction((db) =>
		answerAll(
			db,
			classId,
			'after',
			new Date('2026-03-05T03:00:00Z'),
			(arm, index) => 3 + (index % 4) + (arm === 'programme' ? 3 : 0) + (index % 3) - 1
		)
	);
	await world.drain();
	const learning = (await analysisOf(world.db, classId, 'L2'))!;
	expect([learning.verdict, learning.result.qualifier]).toEqual(['EFFECTIVE', 'LARGE_ENOUGH_CERTAIN']);
	// thirty points were planted; whom the draw puts into which arm moves the estimate a little
	expect(Math.abs(learning.result.estimate! - 30)).toBeLessThan(5);
	expect((await openReviewCases(world.db, province.manager)).filter((review) => review.programme_id === made.programmeId)).toEqual([]);

	await world.transaction((db) => rateAll(db, province, classId, 'after', AFTER_AT, after(1, 2)));
	await world.drain();
	const [review] = (await openReviewCases(world.db, province.manager)).filter((each) => each.programme_id === made.programmeId);
	expect(review!.level).toBe('L3');
	const facts = await chainFacts(world.db, classId);
	expect(facts).toMatchObject({ needShare: null, attendanceShare: 1, lessonShare: null, learning: 'EFFECTIVE' });
	expect(diagnose(facts)).toMatchObject({ brokeAt: 'transfer', suggestion: 'transfer' });
	// what was measured is offered as the spread of the next plan
	const known = await planSheet(world.db, province.manager, AFTER_AT, made.versionId);
	expect(known.spreads[testId]!.persons).toBe(40);
	expect(known.spreads[testId]!.offer).toBeCloseTo(known.spreads[testId]!.sd / 4, 2);
});

test('what is found at two levels is one case, and both are measured again before it closes', async () => {
	const testId = (await world.transaction((db) => tenQuestions(db, province))).id;
	const plan = planFor(province, { learning: learningPlan(testId, 12), behaviour: behaviourPlan(questionnaireId, 0.4) });
	const made = await world.transaction((db) => plannedProgramme(db, province, 'Dua tingkat', plan));
	const { manager } = province;
	const same: Planted = (_arm, index) => 3 + (index % 4);
	const run = async (versionId: string, drawn: string[], effect: number, year: number) => {
		const when = (day: string) => new Date(`${year}-${day}T03:00:00Z`);
		const classId = await world.transaction((db) =>
			drawnClass(db, province, versionId, drawn, {
				openedAt: when('02-02'),
				drawnAt: when('02-12'),
				startsOn: `${year}-02-23`,
				endsOn: `${year}-02-27`
			})
		);
		await world.drain();
		await world.transaction((db) => answerAll(db, classId, 'before', when('02-13'), same));
		await world.transaction((db) => rateAll(db, province, classId, 'before', when('02-13'), before));
		await world.transaction((db) =>
			answerAll(db, classId, 'after', when('03-05'), (arm, index) => same(arm, index) + (arm === 'programme' ? effect / 2 : 0))
		);
		await world.drain();
		return {
			classId,
			behaviour: () =>
				world.transaction((db) => rateAll(db, province, classId, 'after', when('06-15'), after(effect, 2))).then(() => world.drain())
		};
	};
	const first = await run(made.versionId, officers, 0, 2026);
	await first.behaviour();
	const cases = (await reviewCases(world.db, manager)).filter((review) => review.programme_id === made.programmeId);
	expect(cases).toHaveLength(1);
	const caseId = cases[0]!.id;
	expect((await stepsOf(world.db, caseId)).map((step) => [step.kind, step.analysis!.level])).toEqual([
		['opening', 'L2'],
		['finding', 'L3']
	]);
	expect(world.mails.filter((mail) => mail.text.includes(caseId))).toHaveLength(2);

	await world.transaction((db) => recordDiagnosis(db, manager, AFTER_AT, caseId, { link: 'material', note: 'Kasus diganti.' }));
	const { versionId } = await world.transaction((db) =>
		startNewVersion(db, manager, AFTER_AT, caseId, { change_reason: 'Kasus dari loket.' })
	);
	// the new version is measured like the old one: its form starts with that plan
	const sheet = await planSheet(world.db, manager, AFTER_AT, versionId);
	expect([sheet.copiedFrom, sheet.start!.learning!.instrumentId]).toEqual([1, testId]);
	await world.transaction((db) => savePlan(db, manager, AFTER_AT, versionId, plan));
	await world.transaction((db) => publishVersion(db, manager, AFTER_AT, versionId));
	const second = await run(versionId, await world.transaction((db) => fortyOfficers(db, province)), 8, 2027);
	expect(await missingFor(world.db, await reviewCase(world.db, manager, caseId))).toEqual(['next_analysis']);
	await second.behaviour();
	expect(await missingFor(world.db, await reviewCase(world.db, manager, caseId))).toEqual([]);
	await world.transaction((db) =>
		closeCase(db, manager, new Date('2027-07-01T03:00:00Z'), caseId, { note: 'Kasus nyata yang membedakan.' })
	);
});

describe('who may what', () => {
	test('plans, persons, analyses and cases are the programme manager’s; effects are read, without persons, by those who decide', async () => {
		const made = await world.transaction((db) =>
			plannedProgramme(db, province, 'Matriks', planFor(province, { behaviour: behaviourPlan(questionnaireId, 0.5) }))
		);
		const classId = await world.transaction((db) => drawnClass(db, province, made.versionId, officers));
		await world.drain();
		const { administrator, manager, trainer, trainingOfficer, superior, learner, otherOfficer, leader, partner } = province;
		const [review] = await openReviewCases(world.db, manager);
		const manages = [administrator, manager];
		const reads = [...manages, leader, trainer, trainingOfficer];
		for (const actor of [administrator, manager, trainer, trainingOfficer, superior, learner, otherOfficer, leader, partner]) {
			const may = async (allowed: typeof reads, work: () => Promise<unknown>) => {
				if (allowed.includes(actor)) await expect(work()).resolves.not.toThrow();
				else await expect(work()).rejects.toThrow('not found');
			};
			await may(manages, () => measurementStatus(world.db, actor, BEFORE_AT, classId));
			await may(manages, () =>
				world.transaction((db) =>
					savePlan(db, actor, AT, made.versionId, planFor(province, { behaviour: behaviourPlan(questionnaireId, 0.5) }))
				)
			);
			await may(manages, () => world.transaction((db) => recordDiagnosis(db, actor, AFTER_AT, review!.id, { link: 'method', note: 'x' })));
			await may(reads, () => effectCards(world.db, actor, AFTER_AT, made.programmeId));
			await may(reads, () => reviewCases(world.db, actor));
			await may(reads, () => reviewCase(world.db, actor, review!.id));
			expect((await latestAnalyses(world.db, actor)).length > 0).toBe(reads.includes(actor));
		}
	});
});
