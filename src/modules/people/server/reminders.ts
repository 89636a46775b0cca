import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { sendMail } from '#platform/mail/mail.ts';
import { sentence } from '#platform/sentences.ts';

/** A reminder leaves this long before the due date, once, where the item names no moments of its own. */
const DAYS_BEFORE = 3;

interface Due {
	id: string;
	kind: string;
	href: string;
	params: Record<string, string | number>;
	due_at: Date;
	email: string;
	name: string;
	locale: 'id' | 'en';
}

/**
 * Reminds everybody who owes something within three days, or at the item's own moments, in their language. It asks
 * nobody why a thing is owed: a participant and a person of the comparison get the same words on the same day. Several
 * moments that have passed are one mail.
 * @param ref only what is owed for this thing
 * @returns mails queued
 */
export async function remindDue(db: Db, at: Date, origin: string, ref?: string): Promise<number> {
	const { rows } = await sql<Due>`update platform.inbox_items i set reminded_at = ${at},
			reminders = (select array_agg(m order by m) from unnest(i.reminders) m where m > ${at}) || case when i.reminders is not null then '{}'::timestamptz[] end
		from people.accounts a
		where coalesce(a.officer_id, a.id) = i.person_id and a.disabled_at is null and a.auth_user_id is not null
			and i.done_at is null and i.opens_at <= ${at} and i.due_at >= ${at} ${ref === undefined ? sql`` : sql`and i.ref = ${ref}`}
			and case when i.reminders is null then i.reminded_at is null and i.due_at <= ${new Date(at.getTime() + DAYS_BEFORE * 86_400_000)}
				else ${at} >= any(i.reminders) end
		returning i.id, i.kind, i.href, i.params, i.due_at, a.email, a.name, a.locale`.execute(db);
	for (const item of rows) {
		const what = sentence(`inbox_${item.kind}`, item.params, item.locale);
		const due = new Intl.DateTimeFormat(item.locale === 'en' ? 'en-GB' : 'id-ID', { dateStyle: 'long', timeZone: 'Asia/Jakarta' }).format(
			item.due_at
		);
		await sendMail(db, {
			to: item.email,
			subject: sentence('people_reminder_subject', { what }, item.locale),
			text: sentence('people_reminder_text', { name: item.name, what, due, link: `${origin}${item.href}` }, item.locale)
		});
	}
	return rows.length;
}
