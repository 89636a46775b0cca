import * as v from 'valibot';
import { day, id, line, optionalText, wholeNumber } from '#platform/form-fields.ts';
import { ACTING, CORRECTION_OUTCOMES, RETENTION_KINDS, ROLES } from './rules.ts';

/** Long beats strange: ten characters or more, no rule about kinds of them (NIST SP 800-63B §5.1.1.2). */
const newPassword = () =>
	v.pipe(v.string('platform_required'), v.minLength(10, 'people_password_short'), v.maxLength(200, 'platform_too_long'));
const email = () => v.pipe(line(200), v.toLowerCase(), v.email('people_email_malformed'));
const optionalEmail = () => v.union([v.pipe(v.optional(v.string(), ''), v.trim(), v.literal('')), email()]);
const optionalId = () => v.optional(v.union([v.literal(''), id()]), '');
const many = <T extends v.GenericSchema<unknown, string>>(item: T) => v.optional(v.array(item), []);

const both = { password: newPassword(), repeat: v.string('platform_required') };

export const setUpForm = v.pipe(
	v.object({
		...both,
		name: line(200),
		email: email(),
		/** Code of `reference/regions.json`, or `other`. */
		government: line(20),
		other_name: optionalText(200),
		other_kind: v.optional(v.picklist(['provinsi', 'kabupaten', 'kota'], 'platform_choose'), 'provinsi')
	}),
	v.forward(
		v.partialCheck([['password'], ['repeat']], (input) => input.password === input.repeat, 'people_password_differs'),
		['repeat']
	)
);
export type SetUpInput = v.InferOutput<typeof setUpForm>;

export const signInForm = v.object({
	name: line(200),
	password: v.pipe(v.string('platform_required'), v.nonEmpty('platform_required'), v.maxLength(200)),
	lanjut: v.optional(v.string(), '')
});
export const forgottenForm = v.object({ name: line(200) });
export const choosePasswordForm = v.pipe(
	v.object(both),
	v.forward(
		v.partialCheck([['password'], ['repeat']], (input) => input.password === input.repeat, 'people_password_differs'),
		['repeat']
	)
);
export const changePasswordForm = v.pipe(
	v.object({ ...both, current_password: v.pipe(v.string('platform_required'), v.nonEmpty('platform_required')) }),
	v.forward(
		v.partialCheck([['password'], ['repeat']], (input) => input.password === input.repeat, 'people_password_differs'),
		['repeat']
	)
);

/** Half-way through signing in: six digits of the authenticator, or a recovery code. */
export const codeForm = v.object({ code: line(20), lanjut: v.optional(v.string(), '') });
export const ownPasswordForm = v.object({
	password: v.pipe(v.string('platform_required'), v.nonEmpty('platform_required'), v.maxLength(200))
});
/** The secret and the codes come back only to be shown again when the first code was wrong; the server keeps its own. */
export const enrolmentCodeForm = v.object({
	code: line(20),
	secret: v.pipe(v.string(), v.regex(/^[A-Z2-7]{16,128}$/)),
	codes: v.pipe(v.string(), v.maxLength(400))
});

export const languageForm = v.object({
	locale: v.picklist(['id', 'en'], 'platform_choose'),
	theme: v.optional(v.picklist(['', 'light', 'dark'], 'platform_choose'), '')
});
export const sessionForm = v.object({ session: line(100) });

/** Officers chosen one by one, or all that the filter finds (`all`). */
export const inviteForm = v.object({
	officers: many(id()),
	all: optionalText(10),
	cari: optionalText(200),
	unit: optionalId(),
	pimpinan: optionalText(10),
	roles: many(v.picklist(ROLES, 'platform_choose')),
	/** `own`: each one's own unit; else a unit's id. */
	scope: v.optional(v.union([v.literal('own'), id()]), 'own')
});

export const newAccountForm = v.object({
	name: line(200),
	email: optionalEmail(),
	role: v.picklist(ROLES, 'platform_choose'),
	organisation: optionalId(),
	unit: optionalId()
});

export const grantForm = v.object({
	role: v.picklist(ROLES, 'platform_choose'),
	unit: optionalId(),
	organisation: optionalId(),
	acting: v.optional(v.picklist(['', ...ACTING], 'platform_choose'), ''),
	from: v.optional(v.union([v.literal(''), day()]), ''),
	until: v.optional(v.union([v.literal(''), day()]), '')
});
export const endGrantForm = v.object({ grant: id() });

export const correctionForm = v.object({ category: line(60), wrong: line(2000) });
export const correctionReadForm = v.object({ request: id() });
export const correctionAnswerForm = v.object({ outcome: v.picklist(CORRECTION_OUTCOMES, 'platform_choose'), text: line(2000) });

/** How long one kind of data is kept; the rule asks for number and beginning where the kind needs them. */
export const retentionForm = v.pipe(
	v.object({
		category: line(60),
		kind: v.picklist(RETENTION_KINDS, 'platform_choose'),
		count: v.optional(
			v.union(
				[
					v.pipe(
						v.literal(''),
						v.transform(() => null)
					),
					wholeNumber(1, 1200)
				],
				'platform_number'
			),
			''
		),
		from: optionalText(200),
		basis: line(300),
		valid_from: day()
	}),
	v.transform(({ valid_from, ...form }) => ({ ...form, validFrom: valid_from }))
);

/** A file of at most what the server takes; its content is judged by the rehearsal. */
export const uploadForm = v.object({
	/** A name of `src/app/import-kinds.ts`. */
	kind: line(40),
	file: v.pipe(
		v.instance(File, 'people_refusal_no_file'),
		v.check((file) => file.size > 0, 'people_refusal_no_file')
	),
	effective_on: v.optional(v.union([v.literal(''), day()]), '')
});
