/** Door of `catalogue` for the server. */
export { mayManage, mayMark, nominates } from './access.ts';
export { applicantsFor, apply, nominate, nominees, withdrawApplication, type Applicant } from './applications.ts';
export {
	attendanceOf,
	attendanceSheet,
	markAttendance,
	sessionsOf,
	type Attendance,
	type ClassSession,
	type SheetRow
} from './attendance.ts';
export { classById, classesFor, classesOf, classesToRun, openClass, openClasses, type ClassRow, type NewClass } from './classes.ts';
export {
	addCompletionRequirement,
	completeClass,
	completion,
	completionRows,
	fulfilCompletionRequirement,
	minimumAttendance,
	type Completion,
	type CompletionRow
} from './completions.ts';
export { drawLots, newSeed, seedHash } from '../draw.ts';
export { acknowledgeResult, drawClass, drawOf, namedResults, publishedList, type Draw } from './draws.ts';
export {
	enrolledIn,
	enrolment,
	enrolmentOf,
	enrolmentsOf,
	otherEnrolments,
	ownPlace,
	placesOf,
	releaseSeat,
	type Enrolment,
	type OwnPlace
} from './enrolments.ts';
export { promisedSeats } from './promises.ts';
export {
	createProgramme,
	programme,
	programmesFor,
	publishedProgrammes,
	readProgramme,
	type NewProgramme,
	type Programme,
	type ProgrammeRow,
	type PublishedProgramme
} from './programmes.ts';
export {
	draftNextVersion,
	editVersion,
	fulfilPublicationRequirement,
	pausesOf,
	pauseVersion,
	programmeVersion,
	publicationRequirements,
	publishVersion,
	readVersion,
	resumeVersion,
	versionsOf,
	type ProgrammeVersion,
	type PublicationRequirement,
	type VersionContent
} from './versions.ts';
export { cataloguePersonalData } from './personal-data.ts';
