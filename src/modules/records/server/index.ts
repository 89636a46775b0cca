/** Door of `records` for the server. */
export { store, type Statement } from './statements.ts';
export { recordsPersonalData } from './personal-data.ts';
