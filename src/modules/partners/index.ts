/** Door of `partners` for browser and server. */
export { classBacking, newAgreement, newOffer, newOrganisation, offerDecision } from './forms.ts';
export { type OfferState } from './rules.ts';
