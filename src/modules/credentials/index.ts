/** Door of `credentials` for browser and server. */
export { checkForm, revocationForm } from './forms.ts';
export { readCode, writtenCode, type JpBasis, type JpReason, type JpWindow } from './rules.ts';
