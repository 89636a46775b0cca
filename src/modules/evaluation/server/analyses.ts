import { sql } from 'kysely';
import { classById } from '#modules/catalogue/server/index.ts';
import { evaluate, type EvaluationPlan, type EvaluationResult, type EvaluationRow, type Verdict } from '#statistics';
import type { Db } from '#platform/database/connection.ts';
import type { Listener } from '#platform/events.ts';
import { newId } from '#platform/ids.ts';
import { Refusal } from '#platform/refusal.ts';
import { LEVELS, needsReview, readiness, type Level, type Readiness } from '../rules.ts';
import { measurementsOf, renewRunningRounds, settledOf, subjectsOf, type Measurement } from './measurements.ts';
import { levelOf, planOf, plansOf, type Plan } from './plans.ts';
import { linkNextMeasurement, openReviewCase } from './review-opening.ts';
import { analysisRows, enginePlan } from './rows.ts';

export interface Analysis {
	id: string;
	class_id: string;
	plan_id: string;
	level: Level;
	computed_at: Date;
	exploratory: boolean;
	engine_version: string;
	data_sha256: string;
	verdict: Verdict;
	result: EvaluationResult;
}

export interface Snapshot {
	plan: EvaluationPlan;
	rows: EvaluationRow[];
}

const columns = sql`id, class_id, plan_id, level, computed_at, exploratory, engine_version, data_sha256, verdict, result`;

/** Whether a class's level may be analysed at `at`; counts persons, both arms together. */
export async function readinessOf(db: Db, at: Date, classId: string, level: Level): Promise<Readiness> {
	const after = (await measurementsOf(db, classId)).find((measurement) => measurement.level === level && measurement.moment === 'after');
	if (!after) return { state: 'not_measured' };
	const subjects = await subjectsOf(db, classId);
	const settled = await settledOf(db, after);
	return readiness(
		at,
		{ opensAt: after.opens_at, dueAt: after.due_at },
		subjects.length,
		subjects.filter((subject) => settled.has(subject.officer_id)).length
	);
}

/**
 * Estimates the effect of one class at one level under its plan and stores it with the rows behind it. The same data
 * answer the row that is there. A verdict that asks for it opens a review case in this transaction.
 * @param plan an exploratory amendment; without it the plan that decides
 * @throws Refusal before the after window closed, unless everybody answered: one look was planned
 */
export async function analyse(db: Db, at: Date, classId: string, level: Level, plan?: Plan): Promise<Analysis> {
	const cls = await classById(db, classId);
	const used = plan ?? (await planOf(db, cls.programme_version_id));
	const measurements = await measurementsOf(db, classId);
	const ready = await readinessOf(db, at, classId, level);
	if (!used || !levelOf(used, level) || ready.state === 'not_measured') throw new Refusal('evaluation_not_measured');
	if (ready.state === 'not_begun')
		throw new Refusal('evaluation_not_begun', { params: { date: ready.opensAt.toISOString().slice(0, 10) } });
	if (ready.state === 'waiting')
		throw new Refusal('evaluation_waiting', {
			params: { persons: ready.asked - ready.answered, date: ready.until.toISOString().slice(0, 10) }
		});

	const rows = await analysisRows(db, classId, level, measurements);
	const engine = await enginePlan(db, used, level);
	const result = evaluate(engine, rows);
	await sql`update evaluation.measurements set analysed_at = coalesce(analysed_at, ${at}) where class_id = ${classId} and level = ${level} and moment = 'after'`.execute(
		db
	);
	const made = await sql<Analysis>`insert into evaluation.analyses
			(id, class_id, plan_id, level, computed_at, exploratory, engine_version, engine_plan, snapshot, data_sha256, verdict, result)
		values (${newId(at.getTime())}, ${classId}, ${used.id}, ${level}, ${at}, ${used.exploratory}, ${result.engineVersion},
			${JSON.stringify(engine)}::jsonb, ${JSON.stringify(rows)}::jsonb, ${result.dataHash}, ${result.verdict}, ${JSON.stringify(result)}::jsonb)
		on conflict (class_id, level, plan_id, data_sha256, engine_version) do nothing returning ${columns}`.execute(db);
	if (!made.rows[0]) {
		const known = await sql<Analysis>`select ${columns} from evaluation.analyses where class_id = ${classId} and level = ${level}
			and plan_id = ${used.id} and data_sha256 = ${result.dataHash} and engine_version = ${result.engineVersion}`.execute(db);
		return known.rows[0]!;
	}
	const analysis = made.rows[0];
	if (!analysis.exploratory) {
		await linkNextMeasurement(db, at, analysis, cls.programme_version_id);
		if (needsReview(analysis.verdict, analysis.result.qualifier)) await openReviewCase(db, at, analysis, cls, used.owner_account_id);
	}
	return analysis;
}

/** Computes what is ready: the plan that decides and every exploratory amendment; what waits goes on waiting. */
export async function analyseReady(db: Db, at: Date, classId: string): Promise<Analysis[]> {
	const cls = await classById(db, classId);
	const decisive = await planOf(db, cls.programme_version_id);
	const amendments = (await plansOf(db, cls.programme_version_id)).filter((plan) => plan.exploratory);
	const done: Analysis[] = [];
	for (const level of LEVELS) {
		if ((await readinessOf(db, at, classId, level)).state !== 'ready') continue;
		for (const plan of [decisive, ...amendments]) if (plan && levelOf(plan, level)) done.push(await analyse(db, at, classId, level, plan));
	}
	return done;
}

/** The newest analysis of a class and level under the plan that decides; undefined: not computed yet. */
export async function analysisOf(db: Db, classId: string, level: Level): Promise<Analysis | undefined> {
	const { rows } = await sql<Analysis>`select ${columns} from evaluation.analyses
		where class_id = ${classId} and level = ${level} and not exploratory order by computed_at desc, id desc limit 1`.execute(db);
	return rows[0];
}

/** The newest of each exploratory amendment. */
export async function exploratoryOf(db: Db, classId: string, level: Level): Promise<Analysis[]> {
	const { rows } = await sql<Analysis>`select distinct on (plan_id) ${columns} from evaluation.analyses
		where class_id = ${classId} and level = ${level} and exploratory order by plan_id, computed_at desc, id desc`.execute(db);
	return rows;
}

/** Plan and rows as they went into the engine: running `evaluate` on them again gives the stored result. */
export async function snapshotOf(db: Db, analysisId: string): Promise<Snapshot | undefined> {
	const { rows } =
		await sql<Snapshot>`select engine_plan as plan, snapshot as rows from evaluation.analyses where id = ${analysisId}`.execute(db);
	return rows[0];
}

async function classOfMeasurement(db: Db, ref: string): Promise<Measurement | undefined> {
	const { rows } = await sql<Measurement>`select id, class_id, level, moment from evaluation.measurements where id = ${ref}`.execute(db);
	return rows[0];
}

/** An answer came in: when it was the last one, the analysis follows. */
async function onAnswer(db: Db, at: Date, ref: string | undefined): Promise<void> {
	const measurement = ref ? await classOfMeasurement(db, ref) : undefined;
	if (measurement?.moment === 'after') await analyseReady(db, at, measurement.class_id);
}

export const testAnswerListener: Listener = {
	name: 'evaluation.test_answered',
	type: 'assessment.submitted',
	handle: (db, event) => onAnswer(db, event.at, event.payload.ref)
};

export const ratingAnswerListener: Listener = {
	name: 'evaluation.rating_answered',
	type: 'surveys.rated',
	handle: (db, event) => onAnswer(db, event.at, event.payload.ref)
};

/** Every day: raters of today, and what closed since the last analysis. */
export async function dailyEvaluation(db: Db, at: Date): Promise<void> {
	await renewRunningRounds(db, at);
	const closed = await sql<{ class_id: string }>`select distinct class_id from evaluation.measurements
		where moment = 'after' and due_at < ${at} and analysed_at is null`.execute(db);
	for (const { class_id } of closed.rows) await analyseReady(db, at, class_id);
}
