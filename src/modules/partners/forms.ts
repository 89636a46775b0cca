import * as v from 'valibot';
import { day, decimal, id, line, optionalText, wholeNumber } from '#platform/form-fields.ts';

export const newOrganisation = v.object({
	kind: v.picklist(['university', 'company', 'ngo'], 'platform_choose'),
	name: line(),
	city: optionalText(100),
	contact_email: v.union([v.literal(''), v.pipe(v.string(), v.trim(), v.email('partners_email'))], 'partners_email')
});

export const newAgreement = v.pipe(
	v.object({
		kind: v.picklist(['kesepakatan_bersama', 'pks', 'hibah'], 'platform_choose'),
		number: line(100),
		title: line(),
		signed_on: day(),
		valid_until: day()
	}),
	v.forward(
		v.partialCheck([['signed_on'], ['valid_until']], (form) => form.signed_on <= form.valid_until, 'partners_until_before_signing'),
		['valid_until']
	)
);

export const newOffer = v.object({
	agreement_id: v.optional(v.union([v.literal(''), id()]), ''),
	title: line(),
	competency_id: id(),
	target_level: wholeNumber(1, 5),
	seats: wholeNumber(1, 2000),
	hours: decimal(0.5, 1000),
	value_rupiah: wholeNumber(0, 1_000_000_000_000),
	description: line(2000),
	conflict_of_interest: optionalText(1000)
});

export const offerDecision = v.object({ decision: v.picklist(['accepted', 'declined'], 'platform_choose'), note: optionalText(1000) });

export const classBacking = v.object({ class_id: id(), seats: wholeNumber(1, 2000) });
