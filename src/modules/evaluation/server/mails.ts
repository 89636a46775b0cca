import { sentence } from '#platform/sentences.ts';
import type { Mail } from '#platform/mail/mail.ts';

export interface Owner {
	accountId: string;
	personId: string;
	name: string;
	email: string;
	locale: 'id' | 'en';
}

/** To the owner of a case that opened or was handed over: what was found, until when, where. */
export function reviewMail(
	owner: Owner,
	review: { id: string; number: number; year: number; title: string; dueOn: string; finding: { id: string; en: string } }
): Mail {
	const { locale } = owner;
	const due = new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
		new Date(`${review.dueOn}T00:00:00Z`)
	);
	const params = {
		name: owner.name,
		title: review.title,
		number: `${review.number}/${review.year}`,
		due,
		finding: review.finding[locale],
		path: `/tinjauan/${review.id}`
	};
	return {
		to: owner.email,
		subject: sentence('evaluation_mail_review_subject', params, locale),
		text: sentence('evaluation_mail_review_text', params, locale)
	};
}
