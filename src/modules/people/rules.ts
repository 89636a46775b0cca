/** Decisions about people that need no database. */

/** Every account with an officer is a learner besides; these are granted, most of them over a unit's subtree. */
export const ROLES = ['administrator', 'programme_manager', 'trainer', 'training_officer', 'superior', 'leadership', 'partner'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that hold for one unit and all below it; the others hold everywhere, a partner's for its organisation. */
export const UNIT_ROLES: readonly Role[] = ['training_officer', 'superior', 'leadership'];

/** *Pelaksana tugas* (the post is vacant) and *pelaksana harian* (its holder is away). */
export const ACTING = ['plt', 'plh'] as const;
export type Acting = (typeof ACTING)[number];

export const ORGANISATION_KINDS = ['university', 'company', 'ngo'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

export type EmploymentKind = 'PNS' | 'CPNS' | 'PPPK' | 'PPPK_PW';
export type PostKind = 'structural' | 'functional' | 'dual' | 'general';

/** Rungs of the common competency standard (PermenPANRB 38/2017). */
export const RUNGS = [
	'jpt_utama',
	'jpt_madya',
	'jpt_pratama',
	'administrator',
	'pengawas',
	'pelaksana',
	'pemula',
	'terampil',
	'mahir',
	'penyelia',
	'ahli_pertama',
	'ahli_muda',
	'ahli_madya',
	'ahli_utama'
] as const;
export type Rung = (typeof RUNGS)[number];

const FUNCTIONAL_RUNGS: [ending: RegExp, rung: Rung][] = [
	[/\bahli utama$/i, 'ahli_utama'],
	[/\bahli madya$/i, 'ahli_madya'],
	[/\bahli muda$/i, 'ahli_muda'],
	[/\bahli pertama$/i, 'ahli_pertama'],
	[/\bpenyelia$/i, 'penyelia'],
	[/\b(mahir|pelaksana lanjutan)$/i, 'mahir'],
	[/\b(terampil|pelaksana)$/i, 'terampil'],
	[/\b(pemula|pelaksana pemula)$/i, 'pemula']
];

const ECHELON_RUNGS: Record<string, Rung> = {
	'10': 'jpt_utama',
	'11': 'jpt_madya',
	'12': 'jpt_madya',
	'21': 'jpt_pratama',
	'22': 'jpt_pratama',
	'31': 'administrator',
	'32': 'administrator',
	'41': 'pengawas',
	'42': 'pengawas'
};

/**
 * The rung of a post: a functional one by the end of its name (`Perencana Ahli Muda`), a structural one by the echelon
 * of the unit it leads, everything else *pelaksana* (regulations: PermenPANRB 38/2017; echelon V has no rung above it).
 */
export function rungOf(kind: PostKind, postName: string, echelonId: string | null): Rung {
	if (kind === 'structural') return ECHELON_RUNGS[echelonId ?? ''] ?? 'pelaksana';
	if (kind === 'general') return 'pelaksana';
	const name = postName.replace(/\s*\(.*\)\s*$/, '').trim();
	return (
		FUNCTIONAL_RUNGS.find(([ending]) => ending.test(name))?.[1] ??
		(kind === 'dual' ? ECHELON_RUNGS[echelonId ?? ''] : undefined) ??
		'pelaksana'
	);
}

/** Words that stand around a name and are not it: titles written into the name, and the many forms of Muhammad. */
const TITLES = /\b(dr|drs|dra|drg|ir|hj?|ns|apt|prof|st|mt|se|mm|sh|mh|spd|mpd|skm|ssos|sip|msi|mkes|skep|amd|kep|keb|ners)\b\.?/g;

/**
 * A name or a query folded for search: small letters, no titles, no marks, old spelling read as new (`oe` → `u`,
 * `dj` → `j`, `tj` → `c`, `sj` → `sy`), doubled letters once. Both sides of a comparison go through here.
 */
export function searchable(text: string): string {
	const plain = text
		.toLowerCase()
		.normalize('NFKD')
		.replace(/[\u0300-\u036f'’`ʼ"]/g, '')
		// S.E. and S.Pd. are one word; M. Rizal is two
		.replace(/\b([a-z])\.(?=[a-z]{1,3}\b)/g, '$1')
		.replace(/\b(m|md|moh|moch|mohd|muh|muhd|mohammad|mohamad|mochammad|muhamad|muhammed|mohammed)\b\.?/g, 'muhammad');
	const words = (part: string) => part.replace(/[^a-z0-9]+/g, ' ').trim();
	const bare = words(plain.replace(TITLES, ' ')) || words(plain);
	return bare
		.replace(/oe/g, 'u')
		.replace(/dj/g, 'j')
		.replace(/tj/g, 'c')
		.replace(/sj/g, 'sy')
		.replace(/([a-z])\1+/g, '$1');
}

/** `<id>@akun.invalid`: the sign-in name of somebody without e-mail; no server will ever take it. */
export const placeholderEmail = (id: string): string => `${id}@akun.invalid`;
export const isPlaceholder = (email: string): boolean => email.endsWith('@akun.invalid');

/** Time to answer a request for correction: 3 x 24 hours (UU 27/2022). */
export const CORRECTION_HOURS = 72;
export const CORRECTION_OUTCOMES = ['corrected', 'passed_on', 'not_wrong'] as const;
export type CorrectionOutcome = (typeof CORRECTION_OUTCOMES)[number];

/** How a period of keeping is said; `unset` takes it back. */
export const RETENTION_KINDS = ['years', 'months', 'permanent', 'unset'] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Columns of the directory, in their order; the name is always there. */
export const OFFICER_COLUMNS = ['name', 'number', 'post', 'unit', 'opd', 'kind', 'rank', 'education', 'joined'] as const;
export type OfficerColumn = (typeof OFFICER_COLUMNS)[number];
export const OFFICER_SORTS = ['name', 'post', 'unit', 'opd', 'kind', 'rank', 'joined'] as const;
export type OfficerSort = (typeof OFFICER_SORTS)[number];
export const POST_KINDS = ['structural', 'functional', 'dual', 'general'] as const satisfies readonly PostKind[];
export const EMPLOYMENT_KINDS = ['PNS', 'CPNS', 'PPPK', 'PPPK_PW'] as const satisfies readonly EmploymentKind[];

/** Units as a tree is read: each right before those under it, the ones beside each other by name. */
export function inTreeOrder<Unit extends { id: string; parent_id: string | null; name: string }>(units: readonly Unit[]): Unit[] {
	const known = new Set(units.map(({ id }) => id));
	const under = Map.groupBy(units, ({ parent_id }) => (parent_id !== null && known.has(parent_id) ? parent_id : null));
	const byName = new Intl.Collator('id', { numeric: true });
	const from = (parent: string | null): Unit[] =>
		(under.get(parent) ?? [])
			.sort((a, b) => byName.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
			.flatMap((unit) => [unit, ...from(unit.id)]);
	return from(null);
}

/** A number that a spreadsheet turned into `1.99001E+17`: its digits are lost. Without the spaces of a printed number. */
export const isScientific = (text: string): boolean => /^\d([.,]\d+)?e\+?\d+$/i.test(text);
