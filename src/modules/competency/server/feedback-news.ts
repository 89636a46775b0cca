/** What a closed 360° round tells those it was about: that there is a result and where, never the result itself. */
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Db } from '#platform/database/connection.ts';
import { ask, settle, type InboxItem } from '#platform/inbox.ts';
import { sendMail } from '#platform/mail/mail.ts';
import { sentence } from '#platform/sentences.ts';

const KIND = 'competency_feedback_results';
const HREF = '/kompetensi';

/** One mail and one inbox item each, in their language; somebody who cannot sign in gets no mail. */
export async function tellResults(
	db: Db,
	at: Date,
	round: { id: string; title: string },
	officerIds: string[],
	origin: string
): Promise<void> {
	await ask(
		db,
		officerIds.map((personId) => ({ personId, kind: KIND, ref: round.id, href: HREF, params: { title: round.title }, opensAt: at }))
	);
	const { rows } = await sql<{ name: string; email: string; locale: 'id' | 'en' }>`select name, email, locale from people.accounts
		where officer_id = any(${officerIds}::uuid[]) and disabled_at is null and auth_user_id is not null order by id`.execute(db);
	for (const { name, email, locale } of rows)
		await sendMail(db, {
			to: email,
			subject: sentence('competency_mail_results_subject', {}, locale),
			text: sentence('competency_mail_results_text', { name, title: round.title, link: `${origin}${HREF}` }, locale)
		});
}

/** Rounds whose results wait to be read, out of what waits for somebody. */
export const feedbackNews = (waiting: InboxItem[]): { roundId: string; title: string }[] =>
	waiting.filter((item) => item.kind === KIND).map((item) => ({ roundId: item.ref, title: String(item.params.title) }));

/** Read: the item leaves the actor's inbox, nobody else's. */
export async function acknowledgeFeedback(db: Db, actor: Actor, at: Date, roundId: string): Promise<void> {
	if (actor.personId !== null) await settle(db, at, KIND, roundId, actor.personId);
}
