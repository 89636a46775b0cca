import { sql } from 'kysely';
import { accountsWithRole } from '#modules/people/server/index.ts';
import { scoresOf, test } from '#modules/assessment/server/index.ts';
import { fulfilPublicationRequirement, programmeVersion } from '#modules/catalogue/server/index.ts';
import { questionnaire, ratingsOf } from '#modules/surveys/server/index.ts';
import { canonicalJson, sha256 } from '#statistics';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import type { LevelInput, PlanInput } from '../forms.ts';
import { cannotAnswer, SMALLEST_WITH_INTERVAL, type Design, type Level } from '../rules.ts';
import { mayManage } from './access.ts';
import { detectable } from './power.ts';

/** A level of a stored plan: what was typed, the instrument's name at that time and what the design can detect. */
export interface PlannedLevel extends LevelInput {
	instrumentKind: 'test' | 'rating';
	instrumentName: string;
	/** Smallest detectable effect, outcome units; null in designs without a comparison. */
	mde: number | null;
}

export interface PlanContent extends Omit<PlanInput, 'learning' | 'behaviour'> {
	format: 1;
	programmeVersionId: string;
	unitOfAssignment: 'person';
	comparison: 'waiting_list_of_the_draw' | null;
	learning: PlannedLevel | null;
	behaviour: PlannedLevel | null;
	looks: 1;
}

export interface Plan {
	id: string;
	programme_version_id: string;
	amendment: number;
	design: Design;
	exploratory: boolean;
	content: PlanContent;
	sha256: string;
	owner_account_id: string;
	created_at: Date;
}

const columns = sql`id, programme_version_id, amendment, design, exploratory, content, sha256, owner_account_id, created_at`;

export const levelOf = (plan: Plan, level: Level): PlannedLevel | null => (level === 'L2' ? plan.content.learning : plan.content.behaviour);

/** The plan that decides: the newest made before the version's first class began. */
export async function planOf(db: Db, versionId: string): Promise<Plan | undefined> {
	const { rows } = await sql<Plan>`select ${columns} from evaluation.plans
		where programme_version_id = ${versionId} and not exploratory order by amendment desc limit 1`.execute(db);
	return rows[0];
}

/** Every version of the plan, the newest first. */
export async function plansOf(db: Db, versionId: string): Promise<Plan[]> {
	const { rows } =
		await sql<Plan>`select ${columns} from evaluation.plans where programme_version_id = ${versionId} order by amendment desc`.execute(db);
	return rows;
}

/** True once a class of the version has begun: no outcome may be known when the plan is made. */
export async function isLocked(db: Db, at: Date, versionId: string): Promise<boolean> {
	const { rows } = await sql<{ locked: boolean }>`select exists (select 1 from catalogue.classes
		where programme_version_id = ${versionId} and starts_on <= ${dayOf(at)}) as locked`.execute(db);
	return rows[0]!.locked;
}

const isMeasured = async (db: Db, versionId: string): Promise<boolean> =>
	(
		await sql`select 1 from evaluation.measurements m join catalogue.classes c on c.id = m.class_id where c.programme_version_id = ${versionId} limit 1`.execute(
			db
		)
	).rows.length > 0;

/**
 * Stores the plan, canonical and with its hash. The same content again answers what is there; a change after the
 * version's first class began is an exploratory amendment.
 * @throws Refusal when MDE > δ is not acknowledged, or when instruments change although a class was drawn
 */
export async function savePlan(
	db: Db,
	actor: Actor,
	at: Date,
	versionId: string,
	input: PlanInput
): Promise<{ id: string; exploratory: boolean }> {
	if (!mayManage(actor)) throw new NotFound('plan');
	await programmeVersion(db, versionId);
	const owners = await accountsWithRole(db, at, 'programme_manager');
	if (!owners.some((owner) => owner.accountId === input.ownerAccountId))
		throw new Refusal('evaluation_owner_role', { field: 'owner_account_id' });
	const content: PlanContent = {
		...input,
		format: 1,
		programmeVersionId: versionId,
		unitOfAssignment: 'person',
		comparison: input.design === 'A1' ? 'waiting_list_of_the_draw' : null,
		learning: input.learning && (await planned(db, 'L2', input, input.learning)),
		behaviour: input.behaviour && (await planned(db, 'L3', input, input.behaviour)),
		looks: 1
	};
	if (input.design === 'A1' && !input.acknowledged)
		for (const level of [content.learning, content.behaviour])
			if (level && cannotAnswer(level.mde ?? undefined, level.delta))
				throw new Refusal('evaluation_cannot_answer', { field: 'acknowledged' });

	const former = await plansOf(db, versionId);
	const canonical = canonicalJson(content);
	const hash = sha256(canonical);
	if (former[0]?.sha256 === hash) return { id: former[0].id, exploratory: former[0].exploratory };
	if (await isMeasured(db, versionId)) sameInstruments(former[0]!.content, content);
	const exploratory = await isLocked(db, at, versionId);
	const id = newId(at.getTime());
	await sql`insert into evaluation.plans (id, programme_version_id, amendment, design, exploratory, content, canonical, sha256, waiver_reason, owner_account_id, created_by, created_at)
		values (${id}, ${versionId}, ${(former[0]?.amendment ?? -1) + 1}, ${input.design}, ${exploratory}, ${canonical}::jsonb, ${canonical}, ${hash},
			${input.waiverReason}, ${input.ownerAccountId}, ${actor.accountId}, ${at})`.execute(db);
	await audit(
		db,
		actor,
		at,
		exploratory ? 'evaluation.plan_amended' : 'evaluation.plan_saved',
		{ type: 'evaluation_plan', id },
		{ sha256: hash, versionId }
	);
	await fulfilPublicationRequirement(db, at, versionId, 'evaluation_plan', actor.accountId);
	return { id, exploratory };
}

async function planned(db: Db, level: Level, plan: PlanInput, input: LevelInput): Promise<PlannedLevel> {
	const mde =
		plan.design === 'A1'
			? (detectable(input.sd, input.baselineCorrelation, plan.expectedProgramme, plan.expectedComparison) ?? null)
			: null;
	if (level === 'L2') {
		// an older published version may still measure: the next class is measured with what measured the last
		const asked = await test(db, input.instrumentId).catch(unknownTo('evaluation_test_unknown', 'l2_instrument'));
		if (asked.kind !== 'test' || !asked.published_at) throw new Refusal('evaluation_test_unknown', { field: 'l2_instrument' });
		return { ...input, instrumentKind: 'test', instrumentName: asked.title, mde };
	}
	const asked = await questionnaire(db, input.instrumentId).catch(unknownTo('evaluation_questionnaire_unknown', 'l3_instrument'));
	return { ...input, instrumentKind: 'rating', instrumentName: asked.title_id, mde };
}

/** What is not there is a mistake in the form, not a page that does not exist. */
const unknownTo =
	(code: string, field: string) =>
	(cause: unknown): never => {
		throw cause instanceof NotFound ? new Refusal(code, { field }) : cause;
	};

/** A drawn class is measured by what the plan said at the draw; other instruments belong to a new version. */
function sameInstruments(former: PlanContent, next: PlanContent): void {
	const measure = (level: PlannedLevel | null) => level && `${level.instrumentId} ${level.windowFromDays} ${level.windowToDays}`;
	if (former.design !== next.design) throw new Refusal('evaluation_instruments_fixed', { field: 'design' });
	if (measure(former.learning) !== measure(next.learning)) throw new Refusal('evaluation_instruments_fixed', { field: 'l2_instrument' });
	if (measure(former.behaviour) !== measure(next.behaviour)) throw new Refusal('evaluation_instruments_fixed', { field: 'l3_instrument' });
}

/** What is known of an instrument's spread: persons measured with it before a class; undefined under ten. */
export async function spreadOf(db: Db, level: Level, instrumentId: string): Promise<{ sd: number; persons: number } | undefined> {
	const asked = await sql<{
		id: string;
	}>`select id from evaluation.measurements where instrument_id = ${instrumentId} and moment = 'before'`.execute(db);
	const values: number[] = [];
	for (const { id } of asked.rows)
		if (level === 'L2') values.push(...(await scoresOf(db, id)).map((score) => score.scorePercent));
		else values.push(...(await ratingsOf(db, id)).map((rating) => rating.mean));
	if (values.length < SMALLEST_WITH_INTERVAL) return undefined;
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
	return sd > 0 ? { sd, persons: values.length } : undefined;
}

/** Accounts that may answer for a correction, for a select. */
export async function ownerOptions(db: Db, at: Date): Promise<{ value: string; label: string }[]> {
	const owners = await accountsWithRole(db, at, 'programme_manager');
	return [...new Map(owners.map((owner) => [owner.accountId, { value: owner.accountId, label: owner.name }])).values()];
}
