import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { reliabilityOf } from '#modules/assessment/server/index.ts';
import { attendanceOf, otherEnrolments } from '#modules/catalogue/server/index.ts';
import type { EvaluationPlan, EvaluationRow } from '#statistics';
import type { Db } from '#platform/database/connection.ts';
import type { Level } from '../rules.ts';
import { outcomesOf, subjectsOf, type Measurement } from './measurements.ts';
import { levelOf, type Plan } from './plans.ts';

const NAMES: Record<Level, { id: string; en: string }> = {
	L2: { id: 'nilai tes', en: 'test scores' },
	L3: { id: 'nilai perilaku kerja', en: 'rated behaviour at work' }
};
const SCALE_MAXIMUM: Record<Level, number> = { L2: 100, L3: 5 };

/** The key under which a class's persons are named at one level; made once, so that the same data give the same rows. */
async function pseudonymKey(db: Db, classId: string, level: Level): Promise<string> {
	await sql`insert into evaluation.pseudonym_keys (class_id, level, key) values (${classId}, ${level}, ${randomBytes(32).toString('base64url')}) on conflict do nothing`.execute(
		db
	);
	const { rows } = await sql<{
		key: string;
	}>`select key from evaluation.pseudonym_keys where class_id = ${classId} and level = ${level}`.execute(db);
	return rows[0]!.key;
}

/**
 * One row a person the draw assigned, measured or not (intention to treat). Persons are pseudonyms, rows sorted by
 * them, so that neither name nor order leads back.
 */
export async function analysisRows(db: Db, classId: string, level: Level, measurements: Measurement[]): Promise<EvaluationRow[]> {
	const at = (moment: 'before' | 'after') =>
		measurements.find((measurement) => measurement.level === level && measurement.moment === moment);
	const [before, after] = [at('before'), at('after')];
	const baseline = before ? await outcomesOf(db, before) : new Map<string, { value: number }>();
	const outcome = after ? await outcomesOf(db, after) : new Map<string, { value: number }>();
	const attended = await attendanceOf(db, classId);
	const elsewhere = after ? await otherEnrolments(db, classId, after.due_at) : new Set<string>();
	const key = await pseudonymKey(db, classId, level);
	return (await subjectsOf(db, classId))
		.map((subject): EvaluationRow => ({
			id: createHmac('sha256', key).update(subject.officer_id).digest('hex').slice(0, 20),
			assigned: subject.arm === 'programme' ? 1 : 0,
			attended: (attended.get(subject.officer_id)?.present ?? 0) > 0 ? 1 : 0,
			other_course: elsewhere.has(subject.officer_id) ? 1 : 0,
			baseline: baseline.get(subject.officer_id)?.value ?? null,
			outcome: outcome.get(subject.officer_id)?.value ?? null,
			age: subject.age_years,
			years_of_service: subject.service_years
		}))
		.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}

/** The plan in the engine's words. The seed comes from the plan's hash, so nobody picks one. */
export async function enginePlan(db: Db, plan: Plan, level: Level): Promise<EvaluationPlan> {
	const planned = levelOf(plan, level)!;
	const causal = plan.design === 'A1';
	return {
		class: plan.design === 'none' ? 'F' : plan.design,
		columns: {
			id: 'id',
			assigned: causal ? 'assigned' : null,
			attended: 'attended',
			baseline: plan.design === 'F' ? null : 'baseline',
			outcome: 'outcome',
			covariates: causal ? plan.content.covariates : [],
			otherCourse: causal ? 'other_course' : null
		},
		direction: planned.direction,
		delta: planned.delta,
		attritionBoundary: plan.content.attritionBoundary,
		outcomeReliability: level === 'L2' ? await testReliability(db, planned.instrumentId) : null,
		scaleMaximum: SCALE_MAXIMUM[level],
		looks: 1,
		look: 1,
		seed: Number.parseInt(plan.sha256.slice(0, 8), 16),
		outcomeName: NAMES[level]
	};
}

/** Alpha of the test, 0–1; null until enough persons took it. */
async function testReliability(db: Db, testId: string): Promise<number | null> {
	const reliability = await reliabilityOf(db, testId);
	return reliability?.alpha === undefined || reliability.alpha === null ? null : Math.min(1, Math.max(0, reliability.alpha));
}
