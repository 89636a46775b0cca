import { attendanceOf, classById } from '#modules/catalogue/server/index.ts';
import { officerCards } from '#modules/people/server/index.ts';
import { ratingProgress } from '#modules/surveys/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { mayManage } from './access.ts';
import { measurementsOf, outcomesOf, subjectsOf, type Arm, type Measurement } from './measurements.ts';

export type AnswerState =
	/** In, with the value for who may see it. */
	| 'answered'
	| 'waiting'
	/** The window has not begun. */
	| 'not_open'
	/** The window closed without an answer. */
	| 'missing'
	/** The rater said why not. */
	| 'cannot_rate'
	/** Nobody above this person may rate: give a superior. */
	| 'no_rater';

export interface PersonStatus {
	officerId: string;
	name: string;
	unit: string | null;
	arm: Arm;
	attendedDays: number;
	/** By measurement id. */
	answers: Record<string, { state: AnswerState; value: number | null; reason: string | null }>;
}

export interface MeasurementStatus {
	measurement: Measurement;
	/** Persons asked and answered in each arm. */
	asked: Record<Arm, number>;
	answered: Record<Arm, number>;
}

/**
 * Who was asked and who answered, at each moment, of both arms: persons never enrolled stand here like the others.
 * For programme managers only.
 */
export async function measurementStatus(
	db: Db,
	actor: Actor,
	at: Date,
	classId: string
): Promise<{ moments: MeasurementStatus[]; persons: PersonStatus[] }> {
	if (!mayManage(actor)) throw new NotFound('measurement');
	await classById(db, classId);
	const subjects = await subjectsOf(db, classId);
	const cards = new Map(
		(
			await officerCards(
				db,
				subjects.map((subject) => subject.officer_id)
			)
		).map((card) => [card.id, card])
	);
	const attended = await attendanceOf(db, classId);
	const persons = subjects.map((subject): PersonStatus => {
		const card = cards.get(subject.officer_id);
		return {
			officerId: subject.officer_id,
			name: card?.display_name ?? '–',
			unit: card?.unit_name ?? null,
			arm: subject.arm,
			attendedDays: attended.get(subject.officer_id)?.present ?? 0,
			answers: {}
		};
	});
	const moments: MeasurementStatus[] = [];
	for (const measurement of await measurementsOf(db, classId)) {
		const outcomes = await outcomesOf(db, measurement);
		const progress =
			measurement.instrument_kind === 'rating'
				? Map.groupBy(await ratingProgress(db, measurement.id), (row) => row.subjectOfficerId)
				: null;
		const asked = { programme: 0, comparison: 0 };
		const answered = { programme: 0, comparison: 0 };
		for (const person of persons) {
			const outcome = outcomes.get(person.officerId);
			const raters = progress?.get(person.officerId);
			const reason = raters?.find((row) => row.cannotRateReason && row.submittedAt)?.cannotRateReason ?? null;
			const state: AnswerState = outcome
				? 'answered'
				: progress && !raters
					? 'no_rater'
					: reason
						? 'cannot_rate'
						: at < measurement.opens_at
							? 'not_open'
							: at > measurement.due_at
								? 'missing'
								: 'waiting';
			person.answers[measurement.id] = { state, value: outcome?.value ?? null, reason };
			if (state !== 'no_rater') asked[person.arm]++;
			if (state === 'answered') answered[person.arm]++;
		}
		moments.push({ measurement, asked, answered });
	}
	const byName = new Intl.Collator('id');
	return { moments, persons: persons.sort((a, b) => byName.compare(a.name, b.name)) };
}
