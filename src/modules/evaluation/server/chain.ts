import { attendanceOf, classById, enrolmentOf, programme } from '#modules/catalogue/server/index.ts';
import { profileOf } from '#modules/competency/server/index.ts';
import { progressOf } from '#modules/learning/server/index.ts';
import type { Db } from '#platform/database/connection.ts';
import type { ChainFacts } from '../diagnosis.ts';
import { findingOf, SMALLEST_SHOWN, startOfDay, type Level } from '../rules.ts';
import { analysisOf } from './analyses.ts';
import { subjectsOf } from './measurements.ts';

/** What the records say about each link of one class; a share about fewer than five persons is not known. */
export async function chainFacts(db: Db, classId: string): Promise<ChainFacts> {
	const cls = await classById(db, classId);
	const { competency_id, target_level } = await programme(db, cls.programme_id);
	const trained = (await subjectsOf(db, classId)).filter((subject) => subject.arm === 'programme').map((subject) => subject.officer_id);
	const begin = startOfDay(cls.starts_on);
	const levels: number[] = [];
	for (const officerId of trained) {
		const row = (await profileOf(db, begin, officerId)).find((profile) => profile.competencyId === competency_id);
		if (row?.actual != null) levels.push(row.actual);
	}
	const attendance = [...(await attendanceOf(db, classId)).values()];
	const lessons: { lessons: number; finished: number }[] = [];
	for (const officerId of trained) {
		const enrolment = await enrolmentOf(db, classId, officerId);
		if (enrolment) lessons.push(await progressOf(db, enrolment.id));
	}
	const share = (parts: number[], wholes: number[]): number | null => {
		const whole = wholes.reduce((sum, value) => sum + value, 0);
		return wholes.length < SMALLEST_SHOWN || whole === 0 ? null : parts.reduce((sum, value) => sum + value, 0) / whole;
	};
	const finding = async (level: Level) => {
		const analysis = await analysisOf(db, classId, level);
		return analysis ? findingOf(analysis.verdict, analysis.result.qualifier) : null;
	};
	return {
		needShare: levels.length < SMALLEST_SHOWN ? null : levels.filter((level) => level < target_level).length / levels.length,
		attendanceShare: share(
			attendance.map((row) => row.present),
			attendance.map((row) => row.days)
		),
		lessonShare: share(
			lessons.map((row) => row.finished),
			lessons.map((row) => row.lessons)
		),
		learning: await finding('L2'),
		behaviour: await finding('L3')
	};
}
