/** Door of `catalogue` for browser and server. */
export { attendanceForm, classForm, nextVersionForm, nominationForm, programmeForm, versionForm, withdrawalForm } from './forms.ts';
export { classState, daysNeeded, windowOf, type Arm, type ClassState, type CompletionFacts, type CompletionObstacle } from './rules.ts';
