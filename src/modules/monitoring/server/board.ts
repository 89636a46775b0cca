import { gapSummary, type GapSummary } from '#modules/competency/server/index.ts';
import { jpSummary, type JpSummary } from '#modules/credentials/server/index.ts';
import { latestAnalyses, openReviewCases, type LatestAnalysis } from '#modules/evaluation/server/index.ts';
import { indexes, overallIndex, type IndexResult } from '#modules/service/server/index.ts';
import { hasRole, type Actor } from '#platform/actor.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { countFindings, type FindingCounts } from '../rules.ts';

export interface Board {
	year: number;
	gap: GapSummary;
	jp: JpSummary;
	effects: FindingCounts;
	analyses: LatestAnalysis[];
	openCases: number;
	index: IndexResult & { units: number };
	lowest: { id: string; name: string; index: number }[];
}

/** Gap, hours, effect and service index of the year so far, from the rows as they are now. */
export async function board(db: Db, actor: Actor, at: Date): Promise<Board> {
	if (!hasRole(actor, 'leadership', 'programme_manager', 'administrator')) throw new NotFound('board');
	const today = dayOf(at);
	const year = Number(today.slice(0, 4));
	const from = `${year}-01-01`;
	const analyses = await latestAnalyses(db, actor);
	const units = await indexes(db, actor, from, today);
	return {
		year,
		gap: await gapSummary(db, actor, at),
		jp: await jpSummary(db, actor, at),
		effects: countFindings(analyses),
		analyses,
		openCases: (await openReviewCases(db, actor)).length,
		index: await overallIndex(db, actor, from, today),
		lowest: units
			.flatMap(({ unit, result }) => (result.state === 'shown' ? [{ id: unit.id, name: unit.name, index: result.index }] : []))
			.sort((a, b) => a.index - b.index)
			.slice(0, 5)
	};
}
