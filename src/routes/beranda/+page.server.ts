import { profileOf } from '#modules/competency/server/index.ts';
import { inboxOf, type InboxItem } from '#platform/inbox.ts';
import { sentence } from '#platform/sentences.ts';
import * as m from '#paraglide/messages.js';

export const load = async ({ locals, parent }) => {
	const { actor, at, db } = locals;
	const [items, profile, { account }] = await Promise.all([
		actor.personId ? inboxOf(db, at, actor.personId) : [],
		actor.officerId ? profileOf(db, at, actor.officerId) : null,
		parent()
	]);
	return {
		greeting: greeting(at, actor.name),
		tasks: items.map((item) => task(item, at)),
		competence: profile && competence(profile),
		// the learner's places are in the rail; here stand those of an office role
		shortcuts: (account?.navigation.groups ?? []).flatMap((group) => (group.name === null ? [] : group.items)).filter((item) => item.href !== '/saya')
	};
};

function task(item: InboxItem, at: Date) {
	return { id: item.id, href: item.href, title: sentence(`inbox_${item.kind}`, item.params), dueAt: item.due_at, late: item.due_at !== null && item.due_at < at };
}

/** The two largest gaps, and how many competencies are met or not rated yet. */
function competence(rows: Awaited<ReturnType<typeof profileOf>>) {
	const asked = rows.filter((row) => row.required !== null);
	const short = asked.filter((row) => row.gap !== null && row.gap > 0).sort((a, b) => b.gap! - a.gap!);
	return {
		asked: asked.length,
		largest: short.slice(0, 2).map(({ competencyId, name, actual, required }) => ({ competencyId, name, actual, required })),
		met: asked.filter((row) => row.gap === 0).length,
		unrated: asked.filter((row) => row.actual === null).length
	};
}

/** By the hour in WIB; titles before the name end in a point and are left out. */
function greeting(at: Date, name: string): string {
	const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Jakarta' }).format(at));
	const first = name.split(/\s+/).find((word) => word !== '' && !word.endsWith('.')) ?? name;
	const words = { name: first };
	if (hour >= 4 && hour < 11) return m.ui_home_morning(words);
	if (hour >= 11 && hour < 15) return m.ui_home_noon(words);
	return hour >= 15 && hour < 19 ? m.ui_home_afternoon(words) : m.ui_home_evening(words);
}
