/** Door of `service` to what its pages show. */
export { occupation, question, words } from './questions.ts';
