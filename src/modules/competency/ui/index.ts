/** Door of `competency` to its components and words. */
export { default as AssessmentFacts } from './AssessmentFacts.svelte';
export { default as CompetencyChoice } from './CompetencyChoice.svelte';
export { default as Competence } from './Competence.svelte';
export { default as Disagree } from './Disagree.svelte';
export { default as FeedbackState } from './FeedbackState.svelte';
export { default as GapState } from './GapState.svelte';
export { default as LevelTrends } from './LevelTrends.svelte';
export { default as LevelCards } from './LevelCards.svelte';
export { default as Match } from './Match.svelte';
export { default as NextPost } from './NextPost.svelte';
export { default as StandardEditor } from './StandardEditor.svelte';
export { default as Reasons } from './Reasons.svelte';
export { default as TeamPager } from './TeamPager.svelte';
export {
	categoryWord,
	confidenceWord,
	gapColumnName,
	levelTrendsTitle,
	nextPostLead,
	nextPostTitle,
	rungWord,
	sourceWord,
	targetName,
	unitTrendTitle,
	weightSetState
} from './words.ts';
