/** Door of `partners` for the server. */
export { mayKeep, mayOffer } from './access.ts';
export { agreementsOf, recordAgreement, type Agreement } from './agreements.ts';
export { backClass, backingOf, backingsOf, decideOffer, makeOffer, offer, offersOf, type Backing, type Offer } from './offers.ts';
export { addOrganisation, organisation, organisations, type Organisation } from './organisations.ts';
