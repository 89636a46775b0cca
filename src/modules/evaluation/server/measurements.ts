import { sql } from 'kysely';
import { assignSittings, scoresOf } from '#modules/assessment/server/index.ts';
import { classById, drawOf } from '#modules/catalogue/server/index.ts';
import { officerCards, superiorsOf } from '#modules/people/server/index.ts';
import { openRatingRound, questionnaire, ratingProgress, ratingsOf, renewRaters } from '#modules/surveys/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Listener } from '#platform/events.ts';
import { newId } from '#platform/ids.ts';
import { LEVELS, windowOf, yearsBetween, type Level, type Moment } from '../rules.ts';
import { levelOf, planOf } from './plans.ts';

export interface Measurement {
	id: string;
	class_id: string;
	plan_id: string;
	level: Level;
	moment: Moment;
	instrument_kind: 'test' | 'rating';
	instrument_id: string;
	opens_at: Date;
	due_at: Date;
}

export type Arm = 'programme' | 'comparison';

export interface SubjectRow {
	officer_id: string;
	arm: Arm;
	unit_id: string | null;
	age_years: number | null;
	service_years: number | null;
}

export async function measurementsOf(db: Db, classId: string): Promise<Measurement[]> {
	const { rows } = await sql<Measurement>`select id, class_id, plan_id, level, moment, instrument_kind, instrument_id, opens_at, due_at
		from evaluation.measurements where class_id = ${classId} order by level, opens_at`.execute(db);
	return rows;
}

/** Everybody the draw assigned and the plan measures, enrolled or not. */
export async function subjectsOf(db: Db, classId: string): Promise<SubjectRow[]> {
	const { rows } =
		await sql<SubjectRow>`select officer_id, arm, unit_id, age_years, service_years from evaluation.subjects where class_id = ${classId} order by officer_id`.execute(
			db
		);
	return rows;
}

/**
 * From the day of the draw both arms are asked alike: same instruments, same instants, same reminders. Persons are
 * kept as they were on that day. Running it again changes nothing.
 */
export async function openMeasurements(db: Db, at: Date, classId: string): Promise<void> {
	const cls = await classById(db, classId);
	const draw = await drawOf(db, classId);
	const plan = await planOf(db, cls.programme_version_id);
	if (!draw || !plan || plan.design === 'none') return;
	// a description of one group asks nobody else
	const drawn = plan.design === 'A1' ? draw.results : draw.results.filter((result) => result.arm === 'programme');
	await keepSubjects(db, at, classId, drawn);
	const officerIds = drawn.map((result) => result.officerId);
	for (const level of LEVELS) {
		const planned = levelOf(plan, level);
		if (!planned) continue;
		for (const moment of plan.design === 'F' ? (['after'] as const) : (['before', 'after'] as const)) {
			const window = windowOf(
				moment,
				at,
				{ startsOn: cls.starts_on, endsOn: cls.ends_on },
				{ from: planned.windowFromDays, to: planned.windowToDays }
			);
			const made = await sql<{
				id: string;
			}>`insert into evaluation.measurements (id, class_id, plan_id, level, moment, instrument_kind, instrument_id, opens_at, due_at)
				values (${newId()}, ${classId}, ${plan.id}, ${level}, ${moment}, ${planned.instrumentKind}, ${planned.instrumentId}, ${window.opensAt}, ${window.dueAt})
				on conflict (class_id, level, moment) do nothing returning id`.execute(db);
			const ref = made.rows[0]?.id;
			if (!ref) continue;
			if (planned.instrumentKind === 'test') await assignSittings(db, at, { testId: planned.instrumentId, ref, officerIds, ...window });
			else {
				// the questionnaire's own title: a rater is not told for which class, nor who is in it
				const { title_id } = await questionnaire(db, planned.instrumentId);
				await openRatingRound(db, at, {
					ref,
					questionnaireId: planned.instrumentId,
					title: title_id,
					pairs: await pairsOf(db, at, officerIds),
					...window
				});
			}
		}
	}
}

async function keepSubjects(db: Db, at: Date, classId: string, drawn: { officerId: string; arm: Arm }[]): Promise<void> {
	const cards = new Map(
		(
			await officerCards(
				db,
				drawn.map((result) => result.officerId)
			)
		).map((card) => [card.id, card])
	);
	const day = dayOf(at);
	const rows = drawn.map(({ officerId, arm }) => {
		const card = cards.get(officerId);
		return {
			officer: officerId,
			arm,
			unit: card?.unit_id ?? null,
			age: yearsBetween(card?.birth_date ?? null, day),
			service: yearsBetween(card?.joined_on ?? null, day)
		};
	});
	await sql`insert into evaluation.subjects (class_id, officer_id, arm, unit_id, age_years, service_years)
		select ${classId}, t.officer, t.arm, t.unit, t.age, t.service
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(officer uuid, arm text, unit uuid, age numeric, service numeric)
		on conflict (class_id, officer_id) do nothing`.execute(db);
}

async function pairsOf(db: Db, at: Date, officerIds: string[]) {
	const superiors = await superiorsOf(db, at, officerIds);
	return officerIds.flatMap((subjectOfficerId) => {
		const superior = superiors.get(subjectOfficerId);
		return superior ? [{ subjectOfficerId, raterPersonId: superior.personId }] : [];
	});
}

/** Ratings still running: whoever is the superior today rates, and persons without one at the draw get theirs. */
export async function renewRunningRounds(db: Db, at: Date): Promise<void> {
	const running = await sql<{ id: string; class_id: string }>`select id, class_id from evaluation.measurements
		where instrument_kind = 'rating' and due_at > ${at}`.execute(db);
	for (const { id, class_id } of running.rows) {
		const officerIds = (await subjectsOf(db, class_id)).map((subject) => subject.officer_id);
		await renewRaters(db, at, id, await pairsOf(db, at, officerIds));
	}
}

export interface Outcome {
	value: number;
	answeredAt: Date;
}

/** Outcomes of one measurement inside its window, by officer; later ones are missing (methods §8). */
export async function outcomesOf(db: Db, measurement: Measurement): Promise<Map<string, Outcome>> {
	const all: { officerId: string; value: number; answeredAt: Date }[] =
		measurement.instrument_kind === 'test'
			? (await scoresOf(db, measurement.id)).map((score) => ({
					officerId: score.officerId,
					value: score.scorePercent,
					answeredAt: score.submittedAt
				}))
			: (await ratingsOf(db, measurement.id)).map((rating) => ({
					officerId: rating.subjectOfficerId,
					value: rating.mean,
					answeredAt: rating.submittedAt
				}));
	return new Map(
		all
			.filter(({ answeredAt }) => answeredAt >= measurement.opens_at && answeredAt <= measurement.due_at)
			.map(({ officerId, value, answeredAt }) => [officerId, { value, answeredAt }])
	);
}

/** Persons who answered or, with a reason, cannot be rated: nobody is waited for any longer. */
export async function settledOf(db: Db, measurement: Measurement): Promise<Set<string>> {
	if (measurement.instrument_kind === 'test') return new Set((await outcomesOf(db, measurement)).keys());
	const byOfficer = Map.groupBy(await ratingProgress(db, measurement.id), (row) => row.subjectOfficerId);
	return new Set(
		[...byOfficer]
			.filter(([, rows]) => rows.every((row) => row.submittedAt !== null && row.submittedAt <= measurement.due_at))
			.map(([id]) => id)
	);
}

export const measurementListener: Listener = {
	name: 'evaluation.open_measurements',
	type: 'catalogue.class_drawn',
	handle: (db, event) => openMeasurements(db, event.at, event.payload.classId!)
};
