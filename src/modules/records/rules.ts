/** Verbs we record, with their ADL IRIs (xAPI vocabulary). */
export const VERBS = {
	initialized: 'http://adlnet.gov/expapi/verbs/initialized',
	answered: 'http://adlnet.gov/expapi/verbs/answered',
	completed: 'http://adlnet.gov/expapi/verbs/completed'
} as const;
export type Verb = keyof typeof VERBS;
