/** Decisions about goals that need no database. */

export const GOAL_STATES = ['waiting', 'approved', 'returned', 'withdrawn'] as const;
export type GoalState = (typeof GOAL_STATES)[number];

/** A goal looks at most this far ahead; what is further away is a wish, not a plan. */
export const LONGEST_YEARS = 3;

/**
 * Levels somebody may set as a goal: the missing ones up to what the post asks for, or the next one where nothing is
 * missing. With an unknown level, everything up to the required one.
 */
export function possibleTargets(required: number | null, actual: number | null): number[] {
	const first = (actual ?? 0) + 1;
	const last = Math.min(5, Math.max(required ?? 0, actual === null ? 0 : first));
	return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** The state of a goal is what happened to it: a withdrawal speaks last, then the decision. */
export function stateOf(goal: { decision: 'approved' | 'returned' | null; withdrawnAt: Date | null }): GoalState {
	if (goal.withdrawnAt) return 'withdrawn';
	return goal.decision ?? 'waiting';
}

/** A goal that still binds: another for the same competency would contradict it. A reached or overdue one does not. */
export const isOpen = (goal: { state: GoalState; targetLevel: number; dueOn: string }, actual: number | null, day: string): boolean =>
	goal.state === 'waiting' || (goal.state === 'approved' && !isReached(goal, actual) && goal.dueOn >= day);

export const isReached = (goal: { targetLevel: number }, actual: number | null): boolean => actual !== null && actual >= goal.targetLevel;

/** The obstacle to a due day, as a message key; undefined when it may stand. */
export function dueObstacle(dueOn: string, today: string): 'planning_due_past' | 'planning_due_far' | undefined {
	if (dueOn <= today) return 'planning_due_past';
	const furthest = `${Number(today.slice(0, 4)) + LONGEST_YEARS}${today.slice(4)}`;
	return dueOn > furthest ? 'planning_due_far' : undefined;
}
