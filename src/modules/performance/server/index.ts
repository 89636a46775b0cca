/** Door of `performance` for the server. */
export { appraisalsImport } from '../imports/appraisals.ts';
export { appraisalsOf, predicatesIn, type Appraisal } from './appraisals.ts';
export { performancePersonalData } from './personal-data.ts';
