/** Door of `partners` to what its pages show. */
export { agreementKind, offerState, organisationKind } from './words.ts';
