/** Door of `partners` for browser and server. */
export { classBacking, newAgreement, newOffer, newOrganisation, offerDecision } from './forms.ts';
export { SMALLEST_SHOWN, backingObstacle, coversDays, type OfferState } from './rules.ts';
