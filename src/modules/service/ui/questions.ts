import * as m from '#paraglide/messages.js';

const QUESTIONS: Record<string, () => string> = {
	U1: m.service_q1,
	U2: m.service_q2,
	U3: m.service_q3,
	U4: m.service_q4,
	U5: m.service_q5,
	U6: m.service_q6,
	U7: m.service_q7,
	U8: m.service_q8,
	U9: m.service_q9
};

const WORDS: Record<string, () => string> = {
	U1: m.service_w1,
	U2: m.service_w2,
	U3: m.service_w3,
	U4: m.service_w4,
	U5: m.service_w5,
	U6: m.service_w6,
	U7: m.service_w7,
	U8: m.service_w8,
	U9: m.service_w9
};

const OCCUPATION_NAMES: Record<string, () => string> = {
	ASN: m.service_job_asn,
	'TNI/POLRI': m.service_job_military,
	swasta: m.service_job_private,
	wirausaha: m.service_job_business,
	petani: m.service_job_farmer,
	pelajar: m.service_job_student,
	rumah_tangga: m.service_job_home,
	lainnya: m.service_job_other
};

/** The question of an element, asked of a citizen. */
export const question = (code: string): string => QUESTIONS[code]?.() ?? code;

/** The four answers of an element, from 1 to 4. */
export const words = (code: string): string[] => (WORDS[code]?.() ?? '1|2|3|4').split('|');

export const occupation = (code: string): string => OCCUPATION_NAMES[code]?.() ?? code;
