/** The five stories, half-way and finished. Names of firms and universities are made up. */
import { competencies, recordRatings } from '../src/modules/competency/server/index.ts';
import { nurseWhoExplains, officerUpTheRiver, trainingThatDidNotWork } from './classes.ts';
import { citizens } from './citizens.ts';
import { gifts } from './partners.ts';
import { writeQuestionnaire } from './programmes.ts';
import { officerNamed, type Stage } from './stage.ts';

export async function tellStories(stage: Stage, universityId: string): Promise<void> {
	await rateCompetence(stage);
	await citizens(stage);
	const questionnaireId = await writeQuestionnaire(stage, stage.day(-400));
	await nurseWhoExplains(stage, questionnaireId, universityId);
	await trainingThatDidNotWork(stage, questionnaireId);
	await officerUpTheRiver(stage, questionnaireId);
	await gifts(stage);
}

/** Superiors rated their people on all nine competencies over the year. */
async function rateCompetence(stage: Stage): Promise<void> {
	const ratna = await officerNamed(stage.db, 'RATNA DEWI');
	const all = await competencies(stage.db, stage.day(0));
	for (const [unit, superior] of stage.superiors) {
		const people = stage.province.officers
			.filter((officer) => officer.unit === unit && !officer.head)
			.map((officer) => stage.officerIds.get(officer.siasnId)!);
		const seen = (officerId: string, code: string) =>
			officerId === ratna
				? code === 'M.3'
					? 2
					: 3
				: Math.min(5, Math.max(1, Math.round(1.9 + 0.7 * stage.random.normal() - (code === 'M.3' ? 0.4 : 0))));
		const ratings = people.flatMap((officerId) =>
			all.map(({ id, code }) => ({ officerId, competencyId: id, level: seen(officerId, code), source: 'superior' as const }))
		);
		if (ratings.length > 0) await stage.act((db) => recordRatings(db, superior, stage.day(-stage.random.between(60, 300)), ratings));
	}
}
