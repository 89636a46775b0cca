import * as v from 'valibot';
import { id, line } from '#platform/form-fields.ts';

export const newServiceUnit = v.object({ unit_id: id(), name: line(), service_name: line() });

const answer = v.optional(
	v.pipe(
		v.picklist(['', '1', '2', '3', '4'], 'platform_choose'),
		v.transform((value) => (value === '' ? null : Number(value)))
	),
	''
);
const profile = (values: string[]) =>
	v.optional(
		v.pipe(
			v.picklist(['', ...values], 'platform_choose'),
			v.transform((value) => value || null)
		),
		''
	);

export const AGE_BANDS = ['<20', '20-29', '30-39', '40-49', '50-59', '60+'];
export const EDUCATIONS = ['SD', 'SLTP', 'SLTA', 'DIPLOMA', 'S1', 'S2+'];
export const OCCUPATIONS = ['ASN', 'TNI/POLRI', 'swasta', 'wirausaha', 'petani', 'pelajar', 'rumah_tangga', 'lainnya'];

/** The citizen's form. Every question may be left out; at least one must be answered. */
export const skmForm = v.pipe(
	v.object({
		response_id: id(),
		u1: answer,
		u2: answer,
		u3: answer,
		u4: answer,
		u5: answer,
		u6: answer,
		u7: answer,
		u8: answer,
		u9: answer,
		sex: profile(['L', 'P']),
		age_band: profile(AGE_BANDS),
		education: profile(EDUCATIONS),
		occupation: profile(OCCUPATIONS),
		comment: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1000, 'platform_too_long')), '')
	}),
	v.check(
		(form) => [form.u1, form.u2, form.u3, form.u4, form.u5, form.u6, form.u7, form.u8, form.u9].some((value) => value !== null),
		'service_nothing_answered'
	)
);
export type SkmForm = v.InferOutput<typeof skmForm>;
