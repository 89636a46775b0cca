import { linkBase, openInvitations } from '#modules/people/server/index.ts';
import { firstHref, keyOf, nextHref } from '#modules/people/index.ts';

const PAGE = 100;

export const load = async ({ locals, url, setHeaders }) => {
	setHeaders({ 'referrer-policy': 'no-referrer' });
	const mailServer = Boolean(process.env.SIGINJAI_SMTP_URL);
	const rows = await openInvitations(locals.db, locals.actor, locals.at, linkBase(locals.runtime.auth, url), {
		withoutMailOnly: mailServer,
		after: keyOf(url),
		limit: PAGE + 1
	});
	const shown = rows.slice(0, PAGE);
	const last = shown.at(-1);
	return {
		mailServer,
		rows: shown,
		next: rows.length > PAGE && last ? nextHref(url, { id: last.account_id, name: last.name }) : null,
		first: firstHref(url)
	};
};
