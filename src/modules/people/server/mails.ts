/** One function a mail, in the language of the person who gets it. */
import * as m from '#paraglide/messages.js';
import type { Mail } from '#platform/mail/mail.ts';

interface To {
	name: string;
	email: string;
	locale: 'id' | 'en';
}

const until = (time: Date, locale: 'id' | 'en'): string =>
	`${new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Jakarta' }).format(time)} WIB`;

export const invitationMail = (to: To, link: string, expires: Date): Mail => ({
	to: to.email,
	subject: m.people_mail_invitation_subject({}, { locale: to.locale }),
	text: m.people_mail_invitation_text({ name: to.name, link, until: until(expires, to.locale) }, { locale: to.locale })
});

export const resetMail = (to: To, link: string, expires: Date): Mail => ({
	to: to.email,
	subject: m.people_mail_reset_subject({}, { locale: to.locale }),
	text: m.people_mail_reset_text({ name: to.name, link, until: until(expires, to.locale) }, { locale: to.locale })
});

export const correctionMail = (to: To, answer: { text: string; link: string }): Mail => ({
	to: to.email,
	subject: m.people_mail_correction_subject({}, { locale: to.locale }),
	text: m.people_mail_correction_text({ name: to.name, answer: answer.text, link: answer.link }, { locale: to.locale })
});
