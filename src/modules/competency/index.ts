/** Door of `competency` for browser and server. */
export { newStandard, newValidity, selfRating, teamRating } from './forms.ts';
export {
	LEVELS,
	SMALLEST_SHOWN,
	SOURCES,
	gapOf,
	jobPersonMatch,
	jpmCategory,
	strongest,
	type JobPersonMatch,
	type JpmCategory,
	type JpmPurpose,
	type Rating,
	type Source
} from './rules.ts';
