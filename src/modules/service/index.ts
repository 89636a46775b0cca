/** Door of `service` for browser and server. */
export { AGE_BANDS, EDUCATIONS, OCCUPATIONS, newServiceUnit, skmForm, type SkmForm } from './forms.ts';
export { type Band, type ElementCode } from './rules.ts';
