/** Door of `planning` for the server. */
export {
	acknowledgeApproval,
	approveGoal,
	goalsOf,
	goalsOfTeam,
	readGoal,
	returnGoal,
	setGoal,
	withdrawGoal,
	type Goal,
	type NewGoal
} from './goals.ts';
export { planningPersonalData } from './personal-data.ts';
