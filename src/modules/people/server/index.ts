/** Door of `people` for the server. */
export { type Role } from '../rules.ts';
export { actorOfAccount, actorOfSession, actorOfUser } from './actors.ts';
export { visibleOfficers, visibleUnits } from './access.ts';
export { officerCard, officerCards, type OfficerCard } from './officer-cards.ts';
export {
	accountsWithRole,
	createOrganisation,
	installationIsEmpty,
	organisationOptions,
	unitOptions,
	unitsAround,
	type AccountWithRole
} from './options.ts';
export { officersUnder, officersUnderIds, superiorsOf, type Superior } from './superiors.ts';
export { account, accounts, createAccount, disableAccount, enableAccount, endGrant, grantRole, type AccountRow } from './accounts.ts';
export { inviteOfficers, officersToInvite } from './officers-to-invite.ts';
export { governmentName, governments, knownRegions } from './governments.ts';
export {
	appliedBy,
	applyImportOf,
	beginImport,
	importCounts,
	importFor,
	importRowsFor,
	importsFor,
	mayImport,
	peopleImports,
	undoImportOf
} from './imports.ts';
export {
	acceptInvitation,
	invitationByToken,
	inviteAccounts,
	linkBase,
	openInvitations,
	requestReset,
	type LinkBase
} from './invitations.ts';
export { changePassword, chooseLanguage, ownGrants, ownSessions, revokeOtherSessions, revokeSession } from './own-account.ts';
export { ownSecondStep, removeSecondStep, secondStepChanged } from './second-step.ts';
export { setUp, setUpProgress } from './set-up.ts';
export { accountByName, admitAttempt, forgiveAttempt, ownPath } from './sign-in.ts';
export { faultSentence, faultWords, keptWords } from './fault-sentences.ts';
export { officerPage, unitPage, unitRoots, unitSearch, type UnitRow } from './directory.ts';
export {
	officerBatches,
	activeOfficers,
	foldOfficerCounts,
	officerCount,
	officerList,
	officersPage,
	officersExported,
	type OfficerFilter,
	type OfficerListRow,
	type OfficerOrder
} from './officer-list.ts';
export { remindDue } from './reminders.ts';
export { workCircle, type CircleMember } from './work-circle.ts';
export {
	acknowledgeCorrection,
	answerCorrection,
	correctionRequest,
	correctionRequests,
	ownCorrections,
	requestCorrection,
	type CorrectionRequest
} from './corrections.ts';
export { dataHeld, exportOfMe } from './data-about-me.ts';
export { processingRegister } from './processing-register.ts';
export { retentionSheet, setRetention } from './retention.ts';
export { peoplePersonalData } from './personal-data.ts';
export { readingsOfMe } from './profile-readings.ts';
export { treeOn, withinThen, type PastTree, type PastUnit } from './placements.ts';
export { foundNames, searchPeopleAndUnits, unitsOfNames } from './search.ts';
export { OFFICER_COLUMNS, officersFor, unitsFor } from './import-scopes.ts';
