import { sql } from 'kysely';
import { competencyNames, isSuperiorOf, mayReadProfile, nextPost, profileOf, type Subject } from '#modules/competency/server/index.ts';
import { officerCard, officersUnder, superiorsOf } from '#modules/people/server/index.ts';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { ask, isAsked, settle } from '#platform/inbox.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { dueObstacle, isOpen, possibleTargets, stateOf, type GoalState } from '../rules.ts';

export interface Goal {
	id: string;
	officerId: string;
	competencyId: string;
	code: string;
	competency: string;
	/** Level that counted on the day it was set; null = not rated then. */
	fromLevel: number | null;
	targetLevel: number;
	dueOn: string;
	reason: string;
	/** The next post it was set against, as it was called and what it asked then; null = the present post. */
	aim: (Subject & { name: string | null; level: number }) | null;
	setAt: Date;
	state: GoalState;
	decision: { note: string; by: string; at: Date } | null;
	withdrawnAt: Date | null;
}

export interface NewGoal {
	competencyId: string;
	targetLevel: number;
	/** `yyyy-mm-dd`. */
	dueOn: string;
	reason: string;
	/** The next post whose gap it is to close; without it the present post's. */
	aim?: Subject | undefined;
}

/**
 * The officer sets a goal for himself; the superior is asked to decide. A returned goal for the same competency is
 * answered by this one.
 * @throws NotFound for a competency that neither post asks for, or an unknown next post
 */
export async function setGoal(db: Db, actor: Actor, at: Date, input: NewGoal): Promise<{ id: string }> {
	const officerId = actor.officerId;
	if (officerId === null) throw new NotFound('officer');
	await lockOfficer(db, officerId);
	const aim = input.aim && (await nextPost(db, actor, at, officerId, input.aim));
	const level = (aim ? aim.rows : await profileOf(db, at, officerId)).find((row) => row.competencyId === input.competencyId);
	if (!level) throw new NotFound('competency');
	if (!possibleTargets(level.required, level.actual).includes(input.targetLevel))
		throw new Refusal('planning_target_impossible', { field: 'target_level' });
	const obstacle = dueObstacle(input.dueOn, dayOf(at));
	if (obstacle) throw new Refusal(obstacle, { field: 'due_on' });
	const earlier = (await goalsOf(db, officerId)).filter((goal) => goal.competencyId === input.competencyId);
	if (earlier.some((goal) => isOpen(goal, level.actual, dayOf(at)))) throw new Refusal('planning_goal_open', { field: 'competency_id' });
	const superior = (await superiorsOf(db, at, [officerId])).get(officerId);
	if (!superior) throw new Refusal('planning_no_superior');

	const id = newId(at.getTime());
	await sql`insert into planning.goals (id, officer_id, competency_id, from_level, target_level, due_on, reason, set_by, set_at,
			aim_post_ref, aim_rung, aim_name, aim_level)
		values (${id}, ${officerId}, ${input.competencyId}, ${level.actual}, ${input.targetLevel}, ${input.dueOn}, ${input.reason}, ${actor.accountId}, ${at},
			${input.aim?.kind === 'post' ? input.aim.ref : null}, ${input.aim?.kind === 'rung' ? input.aim.ref : null}, ${aim?.target?.name ?? null}, ${aim ? level.required : null})`.execute(
		db
	);
	await audit(
		db,
		actor,
		at,
		'planning.set_goal',
		{ type: 'goal', id },
		{
			officer: officerId,
			competency: input.competencyId,
			target: input.targetLevel,
			...(input.aim ? { [input.aim.kind]: input.aim.ref } : {})
		}
	);
	for (const goal of earlier) await settleAnswers(db, at, goal.id);
	await ask(db, [
		{
			personId: superior.personId,
			kind: 'planning_goal',
			ref: id,
			href: `/tim/sasaran/${id}`,
			params: { name: actor.name, competency: level.name, level: input.targetLevel },
			opensAt: at
		}
	]);
	return { id };
}

/** The superior approves. @throws Refusal when it was decided or withdrawn already */
export const approveGoal = (db: Db, actor: Actor, at: Date, goalId: string, note = ''): Promise<void> =>
	decide(db, actor, at, goalId, 'approved', note);

/** The superior returns it, with a word on what to change. */
export async function returnGoal(db: Db, actor: Actor, at: Date, goalId: string, note: string): Promise<void> {
	if (note === '') throw new Refusal('planning_return_needs_note', { field: 'note' });
	await decide(db, actor, at, goalId, 'returned', note);
}

async function decide(db: Db, actor: Actor, at: Date, goalId: string, decision: 'approved' | 'returned', note: string): Promise<void> {
	const goal = await goalById(db, goalId);
	if (!goal || !(await isSuperiorOf(db, actor, at, [goal.officerId]))) throw new NotFound('goal');
	await lockOfficer(db, goal.officerId);
	const now = (await goalById(db, goalId))!;
	if (now.state === 'withdrawn') throw new Refusal('planning_goal_withdrawn');
	if (now.decision) throw new Refusal('planning_goal_decided', { params: { name: now.decision.by } });
	await sql`insert into planning.goal_decisions (id, goal_id, decision, note, decided_by, decided_at)
		values (${newId(at.getTime())}, ${goalId}, ${decision}, ${note}, ${actor.accountId}, ${at})`.execute(db);
	await audit(db, actor, at, decision === 'approved' ? 'planning.approve_goal' : 'planning.return_goal', { type: 'goal', id: goalId });
	await settle(db, at, 'planning_goal', goalId);
	await ask(db, [
		{
			personId: goal.officerId,
			kind: `planning_goal_${decision}`,
			ref: goalId,
			href: `/sasaran/${goalId}`,
			params: { competency: goal.competency, level: goal.targetLevel },
			opensAt: at
		}
	]);
}

/** The officer has read that the goal was approved; one that was returned waits for its answer. */
export async function acknowledgeApproval(db: Db, actor: Actor, at: Date, goalId: string): Promise<void> {
	const goal = await goalById(db, goalId);
	if (!goal || goal.officerId !== actor.officerId) throw new NotFound('goal');
	await settle(db, at, 'planning_goal_approved', goalId);
}

/** The officer takes the goal back, whatever was decided. */
export async function withdrawGoal(db: Db, actor: Actor, at: Date, goalId: string): Promise<void> {
	const goal = await goalById(db, goalId);
	if (!goal || goal.officerId !== actor.officerId) throw new NotFound('goal');
	await lockOfficer(db, goal.officerId);
	const made =
		await sql`insert into planning.goal_withdrawals (goal_id, withdrawn_at) values (${goalId}, ${at}) on conflict do nothing returning goal_id`.execute(
			db
		);
	if (made.rows.length === 0) throw new Refusal('planning_goal_withdrawn');
	await audit(db, actor, at, 'planning.withdraw_goal', { type: 'goal', id: goalId });
	await settle(db, at, 'planning_goal', goalId);
	await settleAnswers(db, at, goalId);
}

/** What the superior said of a goal asks nothing any more. */
async function settleAnswers(db: Db, at: Date, goalId: string): Promise<void> {
	for (const decision of ['approved', 'returned']) await settle(db, at, `planning_goal_${decision}`, goalId);
}

/** All goals of an officer, the newest first. No check of access: callers show it to whom they may. */
export const goalsOf = (db: Db, officerId: string): Promise<Goal[]> => goalsWhere(db, sql`g.officer_id = ${officerId}`);

/** Goals of the people whose superior the actor is: those that wait first, the oldest of them first. */
export async function goalsOfTeam(db: Db, actor: Actor, at: Date): Promise<(Goal & { officerName: string })[]> {
	const withGoals = sql`c.id in (select officer_id from planning.goals)`;
	const team = new Map((await officersUnder(db, actor, at, withGoals)).map((card) => [card.id, card.display_name]));
	const goals = await goalsWhere(db, sql`g.officer_id = any(${[...team.keys()]}::uuid[])`);
	const waiting = goals.filter((goal) => goal.state === 'waiting').reverse();
	return [...waiting, ...goals.filter((goal) => goal.state !== 'waiting')].map((goal) => ({
		...goal,
		officerName: team.get(goal.officerId)!
	}));
}

/** One goal with its officer, for those who may read the officer's competence. */
export async function readGoal(db: Db, actor: Actor, at: Date, goalId: string) {
	const goal = isId(goalId) ? await goalById(db, goalId) : undefined;
	if (!goal) throw new NotFound('goal');
	const officer = await officerCard(db, goal.officerId);
	if (!(await mayReadProfile(db, actor, at, officer))) throw new NotFound('goal');
	const mayDecide = goal.state === 'waiting' && (await isSuperiorOf(db, actor, at, [officer.id]));
	const own = actor.officerId === officer.id;
	const unread = own && (await isAsked(db, 'planning_goal_approved', goalId, officer.id));
	return { goal, officer, mayDecide, unread, mayWithdraw: goal.state !== 'withdrawn' && own };
}

const goalById = async (db: Db, id: string): Promise<Goal | undefined> => (await goalsWhere(db, sql`g.id = ${id}`))[0];

/** Two commands about one officer's goals come one after the other, so that none decides on what another changes. */
async function lockOfficer(db: Db, officerId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`planning.goals ${officerId}`}, 0))`.execute(db);
}

interface GoalRow {
	id: string;
	officer_id: string;
	competency_id: string;
	from_level: number | null;
	target_level: number;
	due_on: string;
	reason: string;
	aim_post_ref: string | null;
	aim_rung: string | null;
	aim_name: string | null;
	aim_level: number | null;
	set_at: Date;
	decision: 'approved' | 'returned' | null;
	note: string | null;
	decided_at: Date | null;
	decided_by: string | null;
	withdrawn_at: Date | null;
}

async function goalsWhere(db: Db, condition: ReturnType<typeof sql>): Promise<Goal[]> {
	const { rows } =
		await sql<GoalRow>`select g.id, g.officer_id, g.competency_id, g.from_level, g.target_level, g.due_on, g.reason, g.set_at,
			g.aim_post_ref, g.aim_rung, g.aim_name, g.aim_level,
			d.decision, d.note, d.decided_at, a.name as decided_by, w.withdrawn_at
		from planning.goals g
		left join planning.goal_decisions d on d.goal_id = g.id
		left join people.accounts a on a.id = d.decided_by
		left join planning.goal_withdrawals w on w.goal_id = g.id
		where ${condition} order by g.set_at desc, g.id desc`.execute(db);
	const names = await competencyNames(db, [...new Set(rows.map((row) => row.competency_id))]);
	return rows.map((row) => ({
		id: row.id,
		officerId: row.officer_id,
		competencyId: row.competency_id,
		code: names.get(row.competency_id)!.code,
		competency: names.get(row.competency_id)!.name,
		fromLevel: row.from_level,
		targetLevel: row.target_level,
		dueOn: row.due_on,
		reason: row.reason,
		aim: aimOf(row),
		setAt: row.set_at,
		state: stateOf({ decision: row.decision, withdrawnAt: row.withdrawn_at }),
		decision: row.decision ? { note: row.note ?? '', by: row.decided_by ?? '', at: row.decided_at! } : null,
		withdrawnAt: row.withdrawn_at
	}));
}

function aimOf(row: GoalRow): Goal['aim'] {
	if (row.aim_level === null) return null;
	const subject: Subject = row.aim_post_ref === null ? { kind: 'rung', ref: row.aim_rung! } : { kind: 'post', ref: row.aim_post_ref };
	return { ...subject, name: row.aim_name, level: row.aim_level };
}
