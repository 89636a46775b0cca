/** Door of `planning` for browser and server. */
export { goalDecision, newGoal } from './forms.ts';
export { isOpen, isReached, possibleTargets, type GoalState } from './rules.ts';
