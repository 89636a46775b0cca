import { sql } from 'kysely';
import type { EvaluationResult, Verdict } from '#statistics';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { better, betterInterval, findingOf, LEVELS, SMALLEST_SHOWN, type Finding, type Level, type Readiness } from '../rules.ts';
import { mayManage, mayReadEffects } from './access.ts';
import { analysisOf, exploratoryOf, readinessOf, type Analysis } from './analyses.ts';
import { subjectsOf } from './measurements.ts';
import { levelOf, planOf, type Plan, type PlannedLevel } from './plans.ts';

/** One class at one level: either an answer, or the reason why there is none yet. */
export interface EffectCard {
	classId: string;
	className: string;
	endsOn: string;
	versionId: string;
	versionNumber: number;
	level: Level;
	/** Persons the draw assigned and the plan measures. */
	persons: number;
	planned: PlannedLevel | null;
	readiness: Readiness;
	finding: Finding | null;
	analysis: Analysis | null;
	/** The open or closed case this finding led to. */
	caseId: string | null;
}

interface ClassRow {
	id: string;
	name: string;
	ends_on: string;
	version_id: string;
	version_number: number;
}

/** Cards of a programme, the newest class first, behaviour before learning: what happens at work is the answer. */
export async function effectCards(db: Db, actor: Actor, at: Date, programmeId: string): Promise<EffectCard[]> {
	if (!mayReadEffects(actor) || !isId(programmeId)) throw new NotFound('programme');
	const { rows } = await sql<ClassRow>`select c.id, c.name, c.ends_on, v.id as version_id, v.number as version_number
		from catalogue.classes c join catalogue.programme_versions v on v.id = c.programme_version_id
		where v.programme_id = ${programmeId} order by c.starts_on desc, c.id desc limit 50`.execute(db);
	const cards: EffectCard[] = [];
	for (const cls of rows) {
		const plan = await planOf(db, cls.version_id);
		for (const level of [...LEVELS].reverse()) cards.push(await cardOf(db, actor, at, cls, level, plan));
	}
	return cards;
}

async function cardOf(db: Db, actor: Actor, at: Date, cls: ClassRow, level: Level, plan: Plan | undefined): Promise<EffectCard> {
	const analysis = (await analysisOf(db, cls.id, level)) ?? null;
	return {
		classId: cls.id,
		className: cls.name,
		endsOn: cls.ends_on,
		versionId: cls.version_id,
		versionNumber: cls.version_number,
		level,
		persons: (await subjectsOf(db, cls.id)).length,
		planned: plan ? levelOf(plan, level) : null,
		readiness: await readinessOf(db, at, cls.id, level),
		finding: analysis ? findingOf(analysis.verdict, analysis.result.qualifier) : null,
		analysis: analysis && { ...analysis, result: shown(analysis.result, mayManage(actor)) },
		caseId: analysis ? await caseOf(db, analysis.id) : null
	};
}

async function caseOf(db: Db, analysisId: string): Promise<string | null> {
	const { rows } = await sql<{
		id: string;
	}>`select case_id as id from evaluation.review_steps where ref = ${analysisId} and kind in ('opening', 'finding')`.execute(db);
	return rows[0]?.id ?? null;
}

/** Exploratory answers beside a card, labelled so. */
export const exploratoryCards = async (db: Db, actor: Actor, classId: string, level: Level): Promise<Analysis[]> =>
	(await exploratoryOf(db, classId, level)).map((analysis) => ({ ...analysis, result: shown(analysis.result, mayManage(actor)) }));

/**
 * What may leave the circle that knows the persons (methods §7): no figure about fewer than five. The engine gives no
 * interval under ten; here small groups lose their means, their balance and their counts too.
 */
export function shown(result: EvaluationResult, seesPersons: boolean): EvaluationResult {
	if (seesPersons) return result;
	const small = (n: number) => n > 0 && n < SMALLEST_SHOWN;
	const { analysed } = result.flow;
	if (!small(analysed.treated) && !small(analysed.comparison)) return result;
	return { ...result, balance: [], means: null, beside: [], attrition: null, notes: [] };
}

/** The newest answer of each programme and level, for boards; the sentence carries what may be said. */
export interface LatestAnalysis {
	analysisId: string;
	programmeId: string;
	title: string;
	competencyId: string;
	versionNumber: number;
	classId: string;
	className: string;
	level: Level;
	computedAt: Date;
	finding: Finding;
	sentence: { id: string; en: string };
	/** In the good direction: above zero is better; null also where the figure is no effect. */
	estimate: number | null;
	ci95: [number, number] | null;
	ci90: [number, number] | null;
	delta: number;
	rating: EvaluationResult['rating'];
	analysed: { treated: number; comparison: number };
	caseId: string | null;
}

interface LatestRow {
	id: string;
	programme_id: string;
	title: string;
	competency_id: string;
	version_number: number;
	class_id: string;
	class_name: string;
	level: Level;
	computed_at: Date;
	verdict: Verdict;
	result: EvaluationResult;
	delta: number;
	direction: 'higher' | 'lower';
	case_id: string | null;
}

export async function latestAnalyses(db: Db, actor: Actor): Promise<LatestAnalysis[]> {
	if (!mayReadEffects(actor)) return [];
	const { rows } = await sql<LatestRow>`select distinct on (p.title, p.id, a.level) a.id, p.id as programme_id, p.title, p.competency_id,
			v.number as version_number, c.id as class_id, c.name as class_name, a.level, a.computed_at, a.verdict, a.result,
			(a.engine_plan->>'delta')::float8 as delta, coalesce(a.engine_plan->>'direction', 'higher') as direction,
			(select s.case_id from evaluation.review_steps s where s.ref = a.id and s.kind in ('opening', 'finding') limit 1) as case_id
		from evaluation.analyses a
		join catalogue.classes c on c.id = a.class_id
		join catalogue.programme_versions v on v.id = c.programme_version_id
		join catalogue.programmes p on p.id = v.programme_id
		where not a.exploratory
		order by p.title, p.id, a.level, c.starts_on desc, a.computed_at desc, a.id desc limit 500`.execute(db);
	return rows.map((row) => {
		const result = shown(row.result, mayManage(actor));
		// a figure that is no effect is not drawn as one: the sentence says all of it
		const drawn = row.verdict === 'NO_CAUSAL_VERDICT' ? null : result.estimate;
		return {
			analysisId: row.id,
			programmeId: row.programme_id,
			title: row.title,
			competencyId: row.competency_id,
			versionNumber: row.version_number,
			classId: row.class_id,
			className: row.class_name,
			level: row.level,
			computedAt: row.computed_at,
			finding: findingOf(row.verdict, result.qualifier),
			sentence: result.sentence,
			estimate: drawn === null ? null : better(row.direction, drawn),
			ci95: result.ci95 && betterInterval(row.direction, result.ci95),
			ci90: result.ci90 && betterInterval(row.direction, result.ci90),
			delta: row.delta,
			rating: result.rating,
			analysed: result.flow.analysed,
			caseId: row.case_id
		};
	});
}
