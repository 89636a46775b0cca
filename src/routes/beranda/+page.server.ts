import { gapsOf, type AskedAndHeld } from '#modules/competency/server/index.ts';
import { jpOn } from '#modules/credentials/server/index.ts';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import type { InboxItem } from '#platform/inbox.ts';
import { sentence } from '#platform/sentences.ts';
import * as m from '#paraglide/messages.js';

export const load = async ({ locals, parent }) => {
	const { actor, at, db } = locals;
	const [items, profile, jp, { account }] = await Promise.all([
		locals.waiting(),
		actor.officerId ? gapsOf(db, at, actor.officerId) : null,
		actor.officerId ? hours(db, at, actor.officerId) : null,
		parent()
	]);
	return {
		greeting: greeting(at, actor.name),
		tasks: items.map((item) => task(item, at)),
		jp,
		competence: profile && competence(profile),
		// the learner's places are in the rail; here stand those of an office role
		shortcuts: (account?.navigation.groups ?? [])
			.flatMap((group) => (group.name === null ? [] : group.items))
			.filter((item) => item.href !== '/saya')
	};
};

function task(item: InboxItem, at: Date) {
	return {
		id: item.id,
		href: item.href,
		title: sentence(`inbox_${item.kind}`, item.params),
		dueAt: item.due_at,
		late: item.due_at !== null && item.due_at < at
	};
}

async function hours(db: Db, at: Date, officerId: string) {
	const { total, pending, target, rule, window } = await jpOn(db, officerId, dayOf(at));
	return { total, pending, target, rule, until: window.to };
}

/** The two largest gaps, and how many competencies are met or not rated yet. */
function competence(rows: AskedAndHeld[]) {
	const short = rows.filter((row) => row.gap !== null && row.gap > 0).sort((a, b) => b.gap! - a.gap!);
	return {
		asked: rows.length,
		largest: short.slice(0, 2),
		met: rows.filter((row) => row.gap === 0).length,
		unrated: rows.filter((row) => row.actual === null).length
	};
}

const hours24 = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Jakarta' });

/** By the hour in WIB; titles before the name end in a point and are left out. */
function greeting(at: Date, name: string): string {
	const hour = Number(hours24.format(at));
	const first = name.split(/\s+/).find((word) => word !== '' && !word.endsWith('.')) ?? name;
	// lists of officers come in capitals
	const words = { name: first === first.toUpperCase() ? first[0] + first.slice(1).toLowerCase() : first };
	if (hour >= 4 && hour < 11) return m.ui_home_morning(words);
	if (hour >= 11 && hour < 15) return m.ui_home_noon(words);
	return hour >= 15 && hour < 19 ? m.ui_home_afternoon(words) : m.ui_home_evening(words);
}
