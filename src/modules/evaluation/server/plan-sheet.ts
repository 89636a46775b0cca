import { sql } from 'kysely';
import { publishedTests } from '#modules/assessment/server/index.ts';
import { programme, programmeVersion } from '#modules/catalogue/server/index.ts';
import { questionnaireOptions } from '#modules/surveys/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { cannotAnswer, offeredDelta, type Level } from '../rules.ts';
import { mayManage } from './access.ts';
import { isLocked, ownerOptions, plansOf, spreadOf, type Plan, type PlanContent, type PlannedLevel } from './plans.ts';
import { detectable } from './power.ts';

type Option = { value: string; label: string };

export interface PlanSheet {
	programmeId: string;
	title: string;
	number: number;
	/** Newest first. */
	plans: Plan[];
	/** What the form starts with: the newest plan, else that of an earlier version, so that both are measured alike. */
	start: PlanContent | null;
	copiedFrom: number | null;
	locked: boolean;
	tests: Option[];
	questionnaires: Option[];
	owners: Option[];
	/** Known spread and the offered δ by instrument. */
	spreads: Record<string, { sd: number; persons: number; offer: number }>;
}

/** Everything the plan's form needs. */
export async function planSheet(db: Db, actor: Actor, at: Date, versionId: string): Promise<PlanSheet> {
	if (!mayManage(actor) || !isId(versionId)) throw new NotFound('programme version');
	const version = await programmeVersion(db, versionId);
	const { title, competency_id } = await programme(db, version.programme_id);
	const plans = await plansOf(db, versionId);
	const former = plans.length > 0 ? undefined : await earlierPlan(db, version.programme_id, version.number);
	const own = await publishedTests(db, competency_id);
	const others = (await publishedTests(db)).filter((test) => !own.some(({ id }) => id === test.id));
	const start = plans[0]?.content ?? former?.content ?? null;
	const tests = withPlanned(
		[...own, ...others].map((test) => ({ value: test.id, label: test.title })),
		start?.learning
	);
	const questionnaires = withPlanned(await questionnaireOptions(db, actor.locale), start?.behaviour);
	const spreads: PlanSheet['spreads'] = {};
	for (const [level, options] of [
		['L2', tests],
		['L3', questionnaires]
	] as const)
		for (const { value } of options) {
			const known = await spreadOf(db, level, value);
			if (known) spreads[value] = { ...known, offer: offeredDelta(known.sd) };
		}
	return {
		programmeId: version.programme_id,
		title,
		number: version.number,
		plans,
		start,
		copiedFrom: former?.number ?? null,
		locked: await isLocked(db, at, versionId),
		tests,
		questionnaires,
		owners: await ownerOptions(db, at),
		spreads
	};
}

/** The planned instrument stays a choice when a newer version has taken its place in the list. */
const withPlanned = (options: Option[], planned: PlannedLevel | null | undefined): Option[] =>
	!planned || options.some(({ value }) => value === planned.instrumentId)
		? options
		: [{ value: planned.instrumentId, label: planned.instrumentName }, ...options];

async function earlierPlan(db: Db, programmeId: string, number: number): Promise<{ content: PlanContent; number: number } | undefined> {
	const { rows } = await sql<{ content: PlanContent; number: number }>`select p.content, v.number from evaluation.plans p
		join catalogue.programme_versions v on v.id = p.programme_version_id
		where v.programme_id = ${programmeId} and v.number < ${number} and not p.exploratory order by v.number desc, p.amendment desc limit 1`.execute(
		db
	);
	return rows[0];
}

export interface PlanCheck {
	/** Undefined until spread, correlation and numbers are there. */
	mde: number | undefined;
	delta: number | undefined;
	cannotAnswer: boolean;
	programme: number;
	comparison: number;
}

/** The planning check on what is typed so far, finished or not. */
export function checkPlan(fields: Record<string, string>): Record<Level, PlanCheck | null> {
	const read = (name: string) => Number((fields[name] ?? '').trim().replace(',', '.') || NaN);
	const of = (prefix: string): PlanCheck | null => {
		if (!fields[`${prefix}_instrument`]) return null;
		const [sd, correlation, delta, programme, comparison] = [
			read(`${prefix}_sd`),
			read(`${prefix}_correlation`),
			read(`${prefix}_delta`),
			read('n_programme'),
			read('n_comparison')
		];
		const complete =
			[sd, correlation, programme, comparison].every(Number.isFinite) &&
			correlation >= 0 &&
			correlation < 1 &&
			programme <= 100_000 &&
			comparison <= 100_000;
		const mde = complete ? detectable(sd, correlation, programme, comparison) : undefined;
		const known = Number.isFinite(delta) && delta > 0;
		return {
			mde,
			delta: known ? delta : undefined,
			cannotAnswer: mde !== undefined && known && cannotAnswer(mde, delta),
			programme,
			comparison
		};
	};
	return { L2: of('l2'), L3: of('l3') };
}
