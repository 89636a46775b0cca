/** Door of `competency` for browser and server. */
export { newStandard, newValidity, selfRating, teamRating } from './forms.ts';
export {
	SOURCES,
	jobPersonMatch,
	jpmCategory,
	type JobPersonMatch,
	type JpmCategory,
	type JpmPurpose,
	type Rating,
	type Source
} from './rules.ts';
