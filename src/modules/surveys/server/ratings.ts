import { sql } from 'kysely';
import { officerCards } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { publish } from '#platform/events.ts';
import { isId } from '#platform/ids.ts';
import { settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import type { RatingsInput, SubjectRating } from '../forms.ts';
import { roundState, subjectState, type RoundState } from '../rules.ts';
import { ownAssignments } from './access.ts';
import { itemsOf, type QuestionnaireItem } from './questionnaires.ts';

/** One person to be rated. Nothing here, order included, depends on the arm. */
export interface Subject {
	assignmentId: string;
	name: string;
	post: string | null;
	values: Record<string, number>;
	cannotRateReason: string | null;
	submitted: boolean;
}

export interface RatingSheet {
	roundId: string;
	title: string;
	state: RoundState;
	opensAt: Date;
	dueAt: Date;
	items: QuestionnaireItem[];
	subjects: Subject[];
}

interface AssignmentRow {
	id: string;
	subject_officer_id: string;
	submitted_at: Date | null;
	cannot_rate_reason: string | null;
	values: Record<string, number>;
}

interface RoundRow {
	id: string;
	ref: string;
	questionnaire_id: string;
	title: string;
	opens_at: Date;
	due_at: Date;
}

async function ownRound(db: Db, actor: Actor, roundId: string, lock = false): Promise<{ round: RoundRow; assignments: AssignmentRow[] }> {
	if (!isId(roundId)) throw new NotFound('round');
	const rounds =
		await sql<RoundRow>`select id, ref, questionnaire_id, title, opens_at, due_at from surveys.rating_rounds where id = ${roundId}`.execute(
			db
		);
	const found = await sql<AssignmentRow>`select a.id, a.subject_officer_id, a.submitted_at, a.cannot_rate_reason,
			coalesce((select jsonb_object_agg(n.item_id, n.value) from surveys.rating_answers n where n.assignment_id = a.id), '{}') as values
		from surveys.rating_assignments a where a.round_id = ${roundId} and ${ownAssignments(actor)} order by a.id ${lock ? sql`for update` : sql``}`.execute(
		db
	);
	const round = rounds.rows[0];
	if (!round || found.rows.length === 0) throw new NotFound('round');
	return { round, assignments: found.rows };
}

/** The rater's form: everybody they were asked about, of both arms, by name. */
export async function ratingSheet(db: Db, actor: Actor, at: Date, roundId: string): Promise<RatingSheet> {
	const { round, assignments } = await ownRound(db, actor, roundId);
	const cards = new Map(
		(
			await officerCards(
				db,
				assignments.map((row) => row.subject_officer_id)
			)
		).map((card) => [card.id, card])
	);
	const byName = new Intl.Collator('id');
	const subjects = assignments
		.map((row): Subject & { officerId: string } => ({
			officerId: row.subject_officer_id,
			assignmentId: row.id,
			name: cards.get(row.subject_officer_id)?.display_name ?? '–',
			post: cards.get(row.subject_officer_id)?.post_name ?? null,
			values: row.values,
			cannotRateReason: row.cannot_rate_reason,
			submitted: row.submitted_at !== null
		}))
		.sort((a, b) => byName.compare(a.name, b.name) || (a.officerId < b.officerId ? -1 : 1))
		.map(({ officerId: _officerId, ...subject }) => subject);
	return {
		roundId: round.id,
		title: round.title,
		state: roundState(at, round.opens_at, round.due_at),
		opensAt: round.opens_at,
		dueAt: round.due_at,
		items: await itemsOf(db, round.questionnaire_id),
		subjects
	};
}

/**
 * Saves what the rater typed; with `final` every person rated in full (or excused with a reason) is sent for good and
 * the rest stays open, so nothing typed is lost to one unfinished line. Sending again changes nothing.
 * @returns persons sent by now and persons still open
 */
export async function submitRatings(
	db: Db,
	actor: Actor,
	at: Date,
	roundId: string,
	input: RatingsInput
): Promise<{ sent: number; open: number }> {
	const { round, assignments } = await ownRound(db, actor, roundId, true);
	const state = roundState(at, round.opens_at, round.due_at);
	const open = assignments.filter((row) => row.submitted_at === null);
	if (open.length === 0) return { sent: assignments.length, open: 0 };
	if (state === 'not_open') throw new Refusal('surveys_not_open');
	if (state === 'closed') throw new Refusal('surveys_closed');
	const items = await itemsOf(db, round.questionnaire_id);
	const byId = new Map(open.map((row) => [row.id, row]));
	const known = new Set(assignments.map((row) => row.id));
	let sent = 0;
	for (const rating of input.ratings) {
		if (!known.has(rating.assignmentId)) throw new Refusal('surveys_round_changed');
		const row = byId.get(rating.assignmentId);
		// sent before: the first sending stands
		if (!row) continue;
		checkValues(rating, items);
		const values = { ...row.values, ...rating.values };
		await save(db, row.id, rating);
		const state = subjectState(Object.keys(values).length, items.length, rating.cannotRate, rating.reason);
		if (!input.final || (state !== 'complete' && state !== 'excused')) continue;
		if (state === 'excused') await sql`delete from surveys.rating_answers where assignment_id = ${row.id}`.execute(db);
		await sql`update surveys.rating_assignments set submitted_at = ${at} where id = ${row.id}`.execute(db);
		sent++;
	}
	if (sent > 0) {
		await audit(db, actor, at, 'surveys.ratings_sent', { type: 'rating_round', id: round.id }, { persons: sent });
		await publish(db, at, 'surveys.rated', { roundId: round.id, ref: round.ref });
	}
	if (sent === open.length && actor.personId) await settle(db, at, 'surveys_rate', round.id, actor.personId);
	return { sent: assignments.length - open.length + sent, open: open.length - sent };
}

function checkValues(rating: SubjectRating, items: QuestionnaireItem[]): void {
	const scale = new Map(items.map((item) => [item.id, item]));
	for (const [itemId, value] of Object.entries(rating.values)) {
		const item = scale.get(itemId);
		if (!item || !Number.isInteger(value) || value < item.scale_min || value > item.scale_max)
			throw new Refusal('surveys_value_outside_scale', { field: `v.${rating.assignmentId}.${itemId}` });
	}
}

async function save(db: Db, assignmentId: string, rating: SubjectRating): Promise<void> {
	const rows = Object.entries(rating.values).map(([item, value]) => ({ item, value }));
	await sql`insert into surveys.rating_answers (assignment_id, item_id, value)
		select ${assignmentId}, t.item, t.value from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(item uuid, value int)
		on conflict (assignment_id, item_id) do update set value = excluded.value`.execute(db);
	const reason = rating.cannotRate && rating.reason !== '' ? rating.reason : null;
	await sql`update surveys.rating_assignments set cannot_rate_reason = ${reason} where id = ${assignmentId}`.execute(db);
}
