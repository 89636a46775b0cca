/** Door of `people` for the server. */
export { ROLES } from '../rules.ts';
export { actorOfUser } from './actors.ts';
export { visibleOfficers } from './access.ts';
export { officerCard, officerCards, type OfficerCard } from './officer-cards.ts';
export { accountsWithRole, createOrganisation, installationIsEmpty, organisationOptions, unitOptions, type AccountWithRole } from './options.ts';
export { officersUnder, superiorsOf, type Superior } from './superiors.ts';
