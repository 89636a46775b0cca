/** Words for JP rules and their reasons, in the language of the request. */
import { getLocale } from '#paraglide/runtime.js';
import * as m from '#paraglide/messages.js';
import { number } from '#ui/format.ts';
import type { JpBasis, JpReason } from '../rules.ts';

export interface CountedForm {
	form_code: string;
	name: string;
	basis: JpBasis;
	national_jp: number | null;
}

/** How a form is counted, in a few words. */
export const basisWord = (form: Pick<CountedForm, 'basis' | 'national_jp'>): string =>
	({
		program: () => m.credentials_basis_program(),
		per_day: () => m.credentials_basis_day({ jp: number(form.national_jp ?? 0) }),
		per_activity: () => m.credentials_basis_activity({ jp: number(form.national_jp ?? 0) }),
		not_jp: () => m.credentials_basis_none(),
		local: () => m.credentials_basis_local()
	})[form.basis]();

export const formOptions = (forms: readonly CountedForm[]): { value: string; label: string }[] =>
	forms.map((form) => ({ value: form.form_code, label: `${form.name} (${basisWord(form)})` }));

export const formName = (reason: { formNameId: string; formNameEn: string }): string =>
	getLocale() === 'en' ? reason.formNameEn : reason.formNameId;

/** The sum behind a credit, as one sentence. */
export function reasonSentence(reason: JpReason, jp: number): string {
	const shown = { unit: number(reason.unitJp ?? 0), quantity: number(reason.quantity), jp: number(jp) };
	switch (reason.kind) {
		case 'program':
			return reason.multiplier === null
				? m.credentials_reason_program(shown)
				: m.credentials_reason_program_international({ ...shown, multiplier: number(reason.multiplier) });
		case 'per_day':
			return m.credentials_reason_day(shown);
		case 'per_activity':
			return m.credentials_reason_activity(shown);
		case 'not_jp':
			return m.credentials_reason_none();
		case 'no_value':
			return m.credentials_reason_local();
		case 'no_programme_jp':
			return m.credentials_reason_no_programme_jp();
	}
}

/** What the form's limit left out, if anything. */
export function capSentence(reason: JpReason): string | undefined {
	if (reason.overCap === 0 || !reason.cap) return undefined;
	return reason.cap.period === 'bulan'
		? m.credentials_cap_month({ count: reason.cap.count })
		: m.credentials_cap_day({ count: reason.cap.count, days: reason.overCap });
}

/** How sure we are of a rule, from the reference data. */
export const confidenceWord = (confidence: string): string =>
	(
		({
			found: m.credentials_confidence_found,
			partial: m.credentials_confidence_partial,
			recalled: m.credentials_confidence_recalled
		}) as Record<string, () => string>
	)[confidence]?.() ?? m.credentials_confidence_unknown();
