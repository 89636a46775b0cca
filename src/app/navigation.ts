/**
 * The one list of where a person can go. An item shows when its route exists, the route's policy admits the actor and
 * the actor holds one of the item's roles: what would answer 404 is never offered.
 */
import * as m from '#paraglide/messages.js';
import { hasRole, type Actor } from '#platform/actor.ts';
import { admit, type Policy } from '#platform/policy.ts';
import type { IconName } from '#ui/icons.ts';

type Group = 'main' | 'need' | 'programme' | 'effect' | 'data' | 'own';

interface Place {
	href: string;
	label: () => string;
	/** What one does there; shown among the shortcuts of the home page. */
	hint: () => string;
	icon: IconName;
	group: Group;
	/** Who works there; `officer` is everybody with a NIP, `account` everybody who signed in. */
	roles: readonly string[];
}

const places: readonly Place[] = [
	{ href: '/beranda', label: m.ui_nav_home, hint: m.ui_nav_home, icon: 'home', group: 'main', roles: ['account'] },
	{ href: '/belajar', label: m.ui_nav_learn, hint: m.ui_hint_learn, icon: 'book', group: 'main', roles: ['officer'] },
	{ href: '/kompetensi', label: m.ui_nav_competence, hint: m.ui_hint_competence, icon: 'chart', group: 'main', roles: ['officer'] },
	{ href: '/tim', label: m.ui_nav_team, hint: m.ui_hint_team, icon: 'users', group: 'main', roles: ['superior'] },
	{
		href: '/pimpinan',
		label: m.ui_nav_leadership,
		hint: m.ui_hint_leadership,
		icon: 'landmark',
		group: 'main',
		roles: ['leadership', 'programme_manager']
	},
	{
		href: '/kesenjangan',
		label: m.ui_nav_gaps,
		hint: m.ui_hint_gaps,
		icon: 'map',
		group: 'need',
		roles: ['training_officer', 'programme_manager', 'leadership', 'superior']
	},
	{
		href: '/penilaian-360',
		label: m.ui_nav_feedback,
		hint: m.ui_hint_feedback,
		icon: 'users',
		group: 'need',
		roles: ['training_officer', 'programme_manager', 'administrator']
	},
	{
		href: '/mitra',
		label: m.ui_nav_partners,
		hint: m.ui_hint_partners,
		icon: 'handshake',
		group: 'need',
		roles: ['partner', 'programme_manager', 'training_officer', 'leadership', 'administrator']
	},
	{
		href: '/program',
		label: m.ui_nav_programmes,
		hint: m.ui_hint_programmes,
		icon: 'list',
		group: 'programme',
		roles: ['officer', 'programme_manager', 'training_officer', 'trainer', 'leadership', 'superior', 'administrator']
	},
	{
		href: '/kelas',
		label: m.ui_nav_classes,
		hint: m.ui_hint_classes,
		icon: 'presentation',
		group: 'programme',
		roles: ['programme_manager', 'training_officer', 'trainer', 'administrator']
	},
	{
		href: '/materi',
		label: m.ui_nav_materials,
		hint: m.ui_hint_materials,
		icon: 'edit',
		group: 'programme',
		roles: ['trainer', 'programme_manager']
	},
	{
		href: '/soal',
		label: m.ui_nav_questions,
		hint: m.ui_hint_questions,
		icon: 'help',
		group: 'programme',
		roles: ['trainer', 'programme_manager']
	},
	{ href: '/tinjauan', label: m.ui_nav_reviews, hint: m.ui_hint_reviews, icon: 'wrench', group: 'effect', roles: ['programme_manager'] },
	{
		href: '/kuesioner',
		label: m.ui_nav_questionnaires,
		hint: m.ui_hint_questionnaires,
		icon: 'clipboard',
		group: 'effect',
		roles: ['programme_manager', 'trainer']
	},
	{
		href: '/layanan',
		label: m.ui_nav_services,
		hint: m.ui_hint_services,
		icon: 'star',
		group: 'effect',
		roles: ['programme_manager', 'training_officer', 'leadership', 'administrator', 'superior']
	},
	{
		href: '/orang',
		label: m.ui_nav_officers,
		hint: m.ui_hint_officers,
		icon: 'search',
		group: 'data',
		roles: ['administrator', 'programme_manager', 'training_officer']
	},
	{
		href: '/unit',
		label: m.ui_nav_units,
		hint: m.ui_hint_units,
		icon: 'network',
		group: 'data',
		roles: ['administrator', 'programme_manager', 'training_officer']
	},
	{ href: '/standar', label: m.ui_nav_standards, hint: m.ui_hint_standards, icon: 'target', group: 'data', roles: ['administrator'] },
	{
		href: '/impor',
		label: m.ui_nav_imports,
		hint: m.ui_hint_imports,
		icon: 'upload',
		group: 'data',
		roles: ['administrator', 'training_officer']
	},
	{ href: '/akun', label: m.ui_nav_accounts, hint: m.ui_hint_accounts, icon: 'key', group: 'data', roles: ['administrator'] },
	{ href: '/sertifikat', label: m.ui_nav_certificates, hint: m.ui_hint_certificates, icon: 'award', group: 'own', roles: ['officer'] },
	{ href: '/saya', label: m.ui_nav_me, hint: m.ui_hint_me, icon: 'user', group: 'own', roles: ['account'] }
];

const groupNames: Record<Group, (() => string) | null> = {
	main: null,
	need: m.ui_group_need,
	programme: m.ui_group_programme,
	effect: m.ui_group_effect,
	data: m.ui_group_data,
	own: m.ui_group_own
};

/** What the thumb reaches first on a phone, by the first role held; an officer without any of them learns. */
const atHand: [role: string, hrefs: string[]][] = [
	['administrator', ['/orang', '/impor']],
	['programme_manager', ['/program', '/tinjauan']],
	['leadership', ['/pimpinan', '/layanan']],
	['training_officer', ['/kesenjangan', '/program']],
	['trainer', ['/kelas', '/soal']],
	['superior', ['/tim', '/belajar']],
	['partner', ['/mitra']]
];

export interface NavigationItem {
	href: string;
	label: string;
	hint: string;
	icon: IconName;
	count: number;
}

export interface Navigation {
	groups: { name: string | null; items: NavigationItem[] }[];
	/** The bar of a phone: four items, or three and "more". */
	bar: NavigationItem[];
	more: boolean;
}

export type Policies = Record<string, Policy>;

const policiesOfRoutes: Policies = Object.fromEntries(
	Object.entries(import.meta.glob<Policy>('../routes/*/policy.ts', { eager: true, import: 'policy' })).map(([file, policy]) => [
		file.slice('../routes'.length, -'/policy.ts'.length),
		policy
	])
);

/**
 * @param counts what waits, by address
 * @param policies gates by address; a test may pass its own
 */
export function navigationFor(actor: Actor, counts: Record<string, number> = {}, policies: Policies = policiesOfRoutes): Navigation {
	const works = (roles: readonly string[]) =>
		roles.includes('account')
			? actor.accountId !== null
			: (roles.includes('officer') && actor.officerId !== null) || hasRole(actor, ...roles);
	const open = places.filter((place) => {
		const gate = policies[place.href]?.load;
		return gate !== undefined && admit(gate, actor, false) === 'admitted' && works(place.roles);
	});
	const item = (place: Place): NavigationItem => ({
		href: place.href,
		label: place.label(),
		hint: place.hint(),
		icon: place.icon,
		count: counts[place.href] ?? 0
	});
	const groups = (Object.keys(groupNames) as Group[])
		.map((group) => ({ name: groupNames[group]?.() ?? null, items: open.filter((place) => place.group === group).map(item) }))
		.filter((group) => group.items.length > 0);

	const wanted = ['/beranda', ...atHand.filter(([role]) => hasRole(actor, role)).flatMap(([, hrefs]) => hrefs)];
	const byHand = [...new Set([...wanted.flatMap((href) => open.filter((place) => place.href === href)), ...open])];
	const more = byHand.length > 4;
	return { groups, bar: byHand.slice(0, more ? 3 : 4).map(item), more };
}
