/** 360° rounds of the demo: one finished, one half-way, one still being prepared. */
import { sql } from 'kysely';
import {
	askFeedback,
	closeFeedback,
	competencies,
	feedbackCandidates,
	openFeedbackRound,
	profileOf
} from '../src/modules/competency/server/index.ts';
import { answerFeedback } from '../src/modules/surveys/server/index.ts';
import type { Actor } from '../src/platform/actor.ts';
import { asOfficer, dayText, type Stage } from './stage.ts';

const HOSPITAL = 'RSUD Contoh Siginjai';

export async function rateAround(stage: Stage, organiser: Actor): Promise<void> {
	const desk = await people(stage, 'Loket Pendaftaran', false);
	const heads = (
		await Promise.all(['Instalasi Rawat Jalan', 'Instalasi Rawat Inap', 'Instalasi Farmasi'].map((unit) => people(stage, unit, true)))
	).flat();
	const finished = await open(stage, organiser, { unit: HOSPITAL, officers: [...desk, ...heads], from: -40, to: -26 });
	await answer(stage, finished, -35, 0.85);
	await stage.act((db) => closeFeedback(db, stage.day(-25, 6), finished, 'http://localhost:3000'));

	const clinic = await people(stage, 'Instalasi Rawat Jalan', false);
	const running = await open(stage, organiser, {
		unit: HOSPITAL,
		officers: [...clinic, ...(await people(stage, 'Loket Pendaftaran', true))],
		from: -5,
		to: 9
	});
	await answer(stage, running, -2, 0.45, ['RATNA DEWI', 'MARLINA ZAHRA']);
	await draft(stage, organiser);
	await stage.jobs.drain();
}

/** Officer ids of a unit's own staff, or of its head. */
async function people(stage: Stage, unit: string, head: boolean): Promise<string[]> {
	return stage.province.officers
		.filter((officer) => officer.unit === unit && officer.head === head)
		.map((officer) => stage.officerIds.get(officer.siasnId)!);
}

interface Plan {
	unit: string;
	officers: string[];
	/** Days from now. */
	from: number;
	to: number;
}

async function make(stage: Stage, organiser: Actor, plan: Plan, at: Date): Promise<string> {
	const nine = (await competencies(stage.db, at)).filter((one) => /^(M|SK)\./.test(one.code)).map((one) => one.id);
	const { id } = await stage.act((db) =>
		openFeedbackRound(db, organiser, at, {
			title: `Penilaian 360° ${plan.unit}`,
			unitId: stage.unitIds.get(plan.unit)!,
			officerIds: plan.officers,
			competencyIds: nine,
			opensOn: dayText(stage.day(plan.from)),
			dueOn: dayText(stage.day(plan.to))
		})
	);
	return id;
}

async function open(stage: Stage, organiser: Actor, plan: Plan): Promise<string> {
	const at = stage.day(plan.from, 8);
	const id = await make(stage, organiser, plan, at);
	await stage.act((db) => askFeedback(db, organiser, at, id, 'http://localhost:3000'));
	return id;
}

async function draft(stage: Stage, organiser: Actor): Promise<void> {
	const at = stage.day(-1, 10);
	const unit = 'Rumah Sakit Jiwa Contoh';
	const { people: free } = await feedbackCandidates(stage.db, organiser, at, stage.unitIds.get(unit)!);
	await make(stage, organiser, { unit, officers: free.map((one) => one.id), from: 3, to: 17 }, at);
}

/** Raters answer, those named excepted: a superior one level above what peers see, except about Ratna, whose story is told elsewhere. */
async function answer(stage: Stage, roundId: string, offset: number, share: number, waiting: string[] = []): Promise<void> {
	const { rows } = await sql<{ id: string; subject: string; rater: string; source: string; name: string; by: string }>`
		select q.id, q.subject_officer_id as subject, q.rater_person_id as rater, q.source, o.full_name as name, r.full_name as by from surveys.feedback_requests q
		join people.officers o on o.id = q.subject_officer_id join people.officers r on r.id = q.rater_person_id
		where q.round_id = ${roundId} order by o.full_name, q.source, r.full_name`.execute(stage.db);
	const known = new Map<string, Map<string, number | null>>();
	for (const { subject } of rows)
		if (!known.has(subject))
			known.set(subject, new Map((await profileOf(stage.db, stage.day(offset), subject)).map((row) => [row.competencyId, row.actual])));
	for (const one of rows) {
		const ratna = one.name === 'RATNA DEWI';
		// she has not rated herself yet, and her superior stays with what he said
		if ((one.source === 'self' && ratna) || waiting.includes(one.by)) continue;
		if (one.source !== 'superior' && stage.random.next() > share) continue;
		const raised = { superior: ratna ? 0 : 1, self: 1, peer: 0, subordinate: 0 }[one.source]!;
		const answers = Object.fromEntries(
			[...known.get(one.subject)!].map(([competencyId, level]) => {
				const seen = Math.round((level ?? 2) + raised + (one.source === 'superior' ? 0 : 0.6 * stage.random.normal()));
				return [competencyId, one.source === 'peer' && stage.random.next() < 0.06 ? null : Math.min(5, Math.max(1, seen))];
			})
		);
		await stage.act((db) => answerFeedback(db, asOfficer(one.rater), stage.day(offset), roundId, one.id, { final: true, answers }));
	}
}
