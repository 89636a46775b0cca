import { navigationFor } from '#app/navigation.ts';
import type { Policy } from '#platform/policy.ts';
import { getLocale } from '#paraglide/runtime.js';

const policies = import.meta.glob<Policy>('./**/policy.ts', { eager: true, import: 'policy' });

/**
 * Pages ship no script but `static/frame.js`: an officer on 2G would wait for 76 KB of it. One says `csr = true`: the
 * evaluation plan, which is checked while it is being written.
 */
export const csr = false;

/** Places whose own waiting items are counted on them; all of them are counted on the home page. */
const COUNTED = ['/tim', '/tinjauan'];

export const load = async ({ locals, route, cookies }) => {
	const { actor } = locals;
	const theme = cookies.get('siginjai_theme');
	const frame: { demo: boolean; locale: ReturnType<typeof getLocale>; theme: 'light' | 'dark' | null } = {
		demo: locals.runtime.demo,
		locale: getLocale(),
		theme: theme === 'light' || theme === 'dark' ? theme : null
	};
	// pages that need no account have a narrow frame, for those who have one too
	const isPublic = route.id !== null && policies[`.${route.id === '/' ? '' : route.id}/policy.ts`]?.load.kind === 'anyone';
	if (actor.accountId === null || isPublic) return { ...frame, account: null };

	const waiting = await locals.waiting();
	const counts = Object.fromEntries(COUNTED.map((href) => [href, waiting.filter((item) => item.href.startsWith(href)).length]));
	return {
		...frame,
		account: {
			name: actor.name,
			initials: initials(actor.name),
			email: actor.email,
			navigation: navigationFor(actor, { ...counts, '/beranda': waiting.length })
		}
	};
};

/** Of the name without titles: those end in a point or stand after a comma. */
function initials(name: string): string {
	const words = name
		.split(',')[0]!
		.split(/\s+/)
		.filter((word) => /^\p{L}/u.test(word) && !word.endsWith('.'));
	return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}
