/** 360° rounds: who may hold one, over whom, about what. Raters and answers are kept by `surveys`. */
import { sql } from 'kysely';
import { accountsWithRole, remindDue, unitOptions, workCircle, type CircleMember } from '#modules/people/server/index.ts';
import { candidatesOf, MOST_SUBJECTS, proposeRaters, type RaterOf } from '#modules/surveys/index.ts';
import {
	createFeedbackRound,
	discardFeedbackRound,
	feedbackRaters,
	feedbackRound,
	feedbackRounds,
	restingSubjects,
	sendFeedbackRound,
	setFeedbackRaters,
	type FeedbackRound
} from '#modules/surveys/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import type { FeedbackRoundInput } from '../forms.ts';
import { SOURCES } from '../rules.ts';
import { mayReadPersons, PERSONS, personUnits } from './access.ts';

/** Units for which the actor may hold a round. */
export const feedbackUnits = (db: Db, actor: Actor) => unitOptions(db, actor, ...PERSONS);

/** The circle of a unit, for those who work with its persons. @throws NotFound for anybody else */
async function ownCircle(db: Db, actor: Actor, at: Date, unitId: string) {
	const circle = await workCircle(db, at, unitId);
	if (!mayReadPersons(actor, circle.unit.path)) throw new NotFound('unit');
	return circle;
}

/** A subtree of more people is no circle whose members know each other, and would make a page nobody can read. */
const LARGEST_CIRCLE = 1000;

async function isLarge(db: Db, unitId: string): Promise<boolean> {
	if (!isId(unitId)) return false;
	const { rows } = await sql<{
		n: number;
	}>`select count(*)::int as n from people.officer_cards c join people.current_units u on c.unit_path <@ u.path
		where u.id = ${unitId} and c.active`.execute(db);
	return rows[0]!.n > LARGEST_CIRCLE;
}

export interface FeedbackCandidate {
	id: string;
	name: string;
	post: string | null;
	/** A round about this person runs or ran lately: not now. */
	resting: boolean;
}

/** Who could be rated in a round of the unit; nobody where the unit is too large to be one circle. */
export async function feedbackCandidates(
	db: Db,
	actor: Actor,
	at: Date,
	unitId: string
): Promise<{ unit: { id: string; name: string }; large: boolean; people: FeedbackCandidate[] }> {
	if (await isLarge(db, unitId)) {
		const unit = (await feedbackUnits(db, actor)).find((one) => one.value === unitId);
		if (!unit) throw new NotFound('unit');
		return { unit: { id: unitId, name: unit.label.trim() }, large: true, people: [] };
	}
	const { unit, members } = await ownCircle(db, actor, at, unitId);
	const inside = members.filter((member) => member.inside);
	const resting = await restingSubjects(
		db,
		at,
		inside.map((member) => member.personId)
	);
	return {
		unit,
		large: false,
		people: inside.map((member) => ({ id: member.personId, name: member.name, post: member.post, resting: resting.has(member.personId) }))
	};
}

/** Everybody who may read the results of somebody in this subtree: never asked as an anonymous rater there. */
async function readersOver(db: Db, at: Date, unitPath: string): Promise<Set<string>> {
	const grants = (await Promise.all(PERSONS.map((role) => accountsWithRole(db, at, role)))).flat();
	const touches = (scope: string | null) =>
		scope === null || `${unitPath}.`.startsWith(`${scope}.`) || `${scope}.`.startsWith(`${unitPath}.`);
	return new Set(grants.filter((grant) => touches(grant.unitPath)).map((grant) => grant.personId));
}

/** Makes a round with proposed raters; nobody is asked yet. */
export async function openFeedbackRound(db: Db, actor: Actor, at: Date, input: FeedbackRoundInput): Promise<{ id: string }> {
	if (await isLarge(db, input.unitId)) throw new NotFound('unit');
	const { unit, members } = await ownCircle(db, actor, at, input.unitId);
	const opensAt = new Date(`${input.opensOn}T00:00:00+07:00`);
	const dueAt = new Date(`${input.dueOn}T23:59:59+07:00`);
	if (dueAt <= at) throw new Refusal('competency_feedback_due_passed', { field: 'due_on' });
	const inside = new Set(members.filter((member) => member.inside).map((member) => member.personId));
	const subjects = [...new Set(input.officerIds)];
	if (subjects.some((id) => !inside.has(id))) throw new NotFound('officer');
	if (subjects.length > MOST_SUBJECTS)
		throw new Refusal('competency_feedback_too_many', { field: 'officers', params: { most: MOST_SUBJECTS } });
	const resting = await restingSubjects(db, at, subjects);
	if (resting.size > 0) throw new Refusal('competency_feedback_resting', { field: 'officers', params: { count: resting.size } });
	return createFeedbackRound(db, actor, at, {
		title: input.title,
		unitId: unit.id,
		opensAt,
		dueAt,
		topics: await topicsFor(db, input.competencyIds),
		raters: proposeRaters(subjects, members, await readersOver(db, at, unit.path))
	});
}

/** The competencies with their five levels, as they are worded today. */
async function topicsFor(db: Db, competencyIds: string[]) {
	const { rows } = await sql<{
		ref: string;
		name_id: string;
		name_en: string;
		choices: never[];
	}>`select k.id as ref, k.name_id, coalesce(nullif(k.name_en, ''), k.name_id) as name_en,
			jsonb_agg(jsonb_build_object('level', l.level, 'label_id', l.label_id, 'label_en', coalesce(nullif(l.label_en, ''), l.label_id),
				'text_id', l.summary_id, 'text_en', coalesce(nullif(l.summary_en, ''), l.summary_id)) order by l.level) as choices
		from competency.competencies k join competency.levels l on l.competency_id = k.id
		where k.id = any(${competencyIds}::uuid[]) group by k.id order by k.position, k.code`.execute(db);
	if (rows.length !== new Set(competencyIds).size) throw new NotFound('competency');
	return rows;
}

/** Rounds of the actor's units. */
export async function ownFeedbackRounds(db: Db, actor: Actor): Promise<(FeedbackRound & { unit: string })[]> {
	const { rows } = await sql<{ id: string; name: string }>`select u.id, u.name from people.current_units u
		where u.id in (select unit_id from surveys.feedback_rounds) and ${personUnits(actor)}`.execute(db);
	const names = new Map(rows.map((row) => [row.id, row.name]));
	return (await feedbackRounds(db, [...names.keys()])).map((round) => ({ ...round, unit: names.get(round.unit_id)! }));
}

export interface FeedbackSubject {
	id: string;
	name: string;
	post: string | null;
	/** Raters by source, by name; null about the reader's own person, who may not know them. */
	raters: { source: RaterOf['source']; names: string[] }[] | null;
	/** Sources that gave a result, once the round is closed. */
	results: RaterOf['source'][];
}

/** A round for its organiser: who rates whom, never who answered and never what. */
export async function feedbackRoundPage(db: Db, actor: Actor, at: Date, roundId: string) {
	const round = await feedbackRound(db, roundId);
	const { unit, members } = await ownCircle(db, actor, at, round.unit_id);
	const raters = await feedbackRaters(db, roundId);
	const people = await namesOf(db, members, raters);
	const results = await sql<{ officer_id: string; source: RaterOf['source'] }>`select officer_id, source from competency.ratings
		where round_id = ${roundId} group by officer_id, source, strength order by strength desc`.execute(db);
	const bySubject = Map.groupBy(raters, (one) => one.subjectId);
	const subjects = [...bySubject].map(([id, own]): FeedbackSubject => ({
		id,
		name: people.get(id)?.name ?? '–',
		post: people.get(id)?.post ?? null,
		raters:
			id === actor.officerId
				? null
				: [...Map.groupBy(own, (one) => one.source)]
						.sort(([a], [b]) => SOURCES.indexOf(a) - SOURCES.indexOf(b))
						.map(([source, group]) => ({
							source,
							names: group.map((one) => people.get(one.raterId)?.name ?? '–').sort()
						})),
		results: results.rows.filter((row) => row.officer_id === id).map((row) => row.source)
	}));
	const load = Map.groupBy(raters, (one) => one.raterId);
	return {
		round: { ...round, unit: unit.name },
		subjects: subjects.sort((a, b) => a.name.localeCompare(b.name, 'id')),
		/** Most persons that one rater is asked about; a superior may be asked about more than five. */
		most: Math.max(0, ...[...load.values()].map((own) => own.length)),
		withoutAccount: [...load.keys()].filter((id) => people.get(id)?.hasAccount === false).length
	};
}

/** Names of raters, those outside the circle too. */
async function namesOf(db: Db, members: CircleMember[], raters: RaterOf[]) {
	const names = new Map<string, { name: string; post: string | null; hasAccount: boolean }>(
		members.map((member) => [member.personId, member])
	);
	const unknown = [...new Set(raters.flatMap((one) => [one.raterId, one.subjectId]))].filter((id) => !names.has(id));
	const { rows } = await sql<{ id: string; name: string; post: string | null; account: boolean }>`
		select c.id, c.display_name as name, c.post_name as post, exists (select 1 from people.accounts a where a.officer_id = c.id and a.disabled_at is null) as account
			from people.officer_cards c where c.id = any(${unknown}::uuid[])
		union all select a.id, a.name, null, true from people.accounts a where a.id = any(${unknown}::uuid[])`.execute(db);
	for (const row of rows) names.set(row.id, { name: row.name, post: row.post, hasAccount: row.account });
	return names;
}

/** Who rates one person, and who could; only while nobody has been asked. */
export async function feedbackRaterChoice(db: Db, actor: Actor, at: Date, roundId: string, officerId: string) {
	const round = await feedbackRound(db, roundId);
	const { unit, members } = await ownCircle(db, actor, at, round.unit_id);
	const subject = members.find((member) => member.personId === officerId);
	const raters = (await feedbackRaters(db, roundId)).filter((one) => one.subjectId === officerId);
	// nobody learns who rates him, nor chooses them
	if (!subject || raters.length === 0 || round.sent_at || officerId === actor.officerId) throw new NotFound('officer');
	const excluded = await readersOver(db, at, unit.path);
	const chosen = new Set(raters.map((one) => one.raterId));
	const choice = (source: 'peer' | 'subordinate') =>
		candidatesOf(subject, source, members)
			.filter((one) => !excluded.has(one.personId))
			.map((one) => members.find((member) => member.personId === one.personId)!)
			.map((one) => ({
				id: one.personId,
				name: one.name,
				post: one.post,
				unit: one.unitName,
				hasAccount: one.hasAccount,
				chosen: chosen.has(one.personId)
			}))
			.sort((a, b) => Number(b.chosen) - Number(a.chosen))
			.slice(0, 60);
	return { round, subject, peers: choice('peer'), subordinates: choice('subordinate'), raters };
}

/** The organiser's choice for one person; superior and self stay. */
export async function chooseFeedbackRaters(
	db: Db,
	actor: Actor,
	at: Date,
	roundId: string,
	officerId: string,
	input: { peers: string[]; subordinates: string[]; leaveOut: boolean }
): Promise<void> {
	const { raters, peers, subordinates } = await feedbackRaterChoice(db, actor, at, roundId, officerId);
	const named = raters.filter((one) => one.source === 'self' || one.source === 'superior');
	const pick = (source: 'peer' | 'subordinate', ids: string[], among: { id: string }[]): RaterOf[] =>
		[...new Set(ids)].map((raterId) => {
			if (!among.some((one) => one.id === raterId)) throw new NotFound('officer');
			return { subjectId: officerId, raterId, source };
		});
	const chosen = [...named, ...pick('peer', input.peers, peers), ...pick('subordinate', input.subordinates, subordinates)];
	await setFeedbackRaters(db, actor, at, roundId, officerId, input.leaveOut ? [] : chosen);
}

/** Takes a draft away; a round that was asked for stays. */
export async function discardFeedback(db: Db, actor: Actor, at: Date, roundId: string): Promise<void> {
	const round = await feedbackRound(db, roundId);
	await ownCircle(db, actor, at, round.unit_id);
	await discardFeedbackRound(db, actor, at, roundId);
}

/** Asks the raters; where the round opens today, the first mail leaves at once. */
export async function askFeedback(db: Db, actor: Actor, at: Date, roundId: string, origin: string): Promise<void> {
	const round = await feedbackRound(db, roundId);
	await ownCircle(db, actor, at, round.unit_id);
	await sendFeedbackRound(db, actor, at, roundId);
	await remindDue(db, at, origin, roundId);
}
