/** What the demo holds, read behind the scene: for each account real ids inside its scope and outside it. */
import { sql, type RawBuilder } from 'kysely';
import { demoAccounts, type DemoAccount } from '../../src/cli/accounts.ts';
import type { Db } from '../../src/platform/database/connection.ts';
import type { RunningServer } from '../server.ts';
import { cookieHeader, signIn } from '../sign-in.ts';

/** Somebody at the door; nobody has neither role nor cookie. */
export interface Visitor {
	label: string;
	/** Label of the demo list; somebody may hold further roles. */
	role: string | null;
	roles: string[];
	cookie: string;
	accountId: string | null;
	officerId: string | null;
	organisationId: string | null;
	/** Each role with its subtree; `null` = everywhere. */
	grants: { role: string; path: string | null }[];
}

const NOBODY: Visitor = {
	label: 'nobody',
	role: null,
	roles: [],
	cookie: '',
	accountId: null,
	officerId: null,
	organisationId: null,
	grants: []
};

export const demoAccountsOf = (server: RunningServer): DemoAccount[] => demoAccounts(server.data);

/** Every demo account signed in, and nobody. */
export async function visitors(server: RunningServer, db: Db): Promise<Visitor[]> {
	const all: Visitor[] = [NOBODY];
	for (const { role, person, signIn: name, password } of demoAccountsOf(server)) {
		const cookie = cookieHeader(await signIn(server.url, name, password));
		const { rows } = await sql<{
			id: string;
			officer_id: string | null;
			organisation_id: string | null;
			role: string | null;
			path: string | null;
		}>`select a.id, a.officer_id, g.organisation_id, g.role, u.path::text from people.accounts a
			left join people.role_grants g on g.account_id = a.id left join people.current_units u on u.id = g.unit_id
			where a.email = ${name}`.execute(db);
		const grants = rows.flatMap((row) => (row.role === null ? [] : [{ role: row.role, path: row.path }]));
		all.push({
			label: `${role} (${person})`,
			role,
			roles: grants.map((grant) => grant.role),
			cookie,
			accountId: rows[0]!.id,
			officerId: rows[0]!.officer_id,
			organisationId: rows[0]!.organisation_id,
			grants
		});
	}
	return all;
}

export type Params = Record<string, string>;
/** Of a route with these in the place of its parameters. */
export const address = (id: string, params: Params): string =>
	id.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name]!));

export interface Samples {
	inside: Params[];
	outside: Params[];
}

/** At most two of each: enough to tell the border, few enough to try everything. */
const FEW = 2;

/**
 * Splits the rows of a query (columns `id`, or several named as the parameters, and `inside`) in two.
 */
async function split(db: Db, query: RawBuilder<unknown>): Promise<Samples> {
	const { rows } = await (query as RawBuilder<Params & { inside: boolean | null }>).execute(db);
	const params = (wanted: boolean) =>
		rows.filter((row) => (row.inside === true) === wanted).map(({ inside: _, ...rest }) => rest as unknown as Params);
	// the first and the last: neighbours in a list are often alike
	const few = (list: Params[]) => (list.length <= FEW ? list : [list[0]!, list.at(-1)!]);
	return { inside: few(params(true)), outside: few(params(false)) };
}

/** The path lies in a subtree where the visitor holds one of the roles. */
function within(path: string, visitor: Visitor, ...roles: string[]): RawBuilder<boolean> {
	const paths = visitor.grants.filter(({ role }) => roles.includes(role)).map((grant) => grant.path);
	if (paths.includes(null)) return sql<boolean>`true`;
	return sql<boolean>`coalesce(${sql.ref(path)} <@ any(${paths}::ltree[]), false)`;
}

/** A partner that holds no other role sees its own organisation only. */
const seesAll = (visitor: Visitor): boolean => visitor.role !== 'partner';

const all = (table: string, column = 'id', as = 'id') =>
	sql`select ${sql.ref(column)} as ${sql.ref(as)}, true as inside from ${sql.table(table)} order by 1`;
const ORGANISERS = ['administrator', 'programme_manager', 'training_officer'];
const READERS = ['administrator', 'programme_manager', 'training_officer', 'superior', 'leadership'];

/** The account that rates and approves for officer `c`: the grant on the deepest subtree, never one's own. */
const superiorOfC = sql`(select a.id from people.role_grants g join people.accounts a on a.id = g.account_id join people.current_units u on u.id = g.unit_id
	where g.role = 'superior' and u.path @> c.unit_path and a.officer_id is distinct from c.id order by nlevel(u.path) desc limit 1)`;

/** Somebody's competence: oneself, the superior, and who works with the persons of the unit. Leadership reads no person. */
const competenceOf = (db: Db, who: Visitor): Promise<Samples> =>
	split(
		db,
		sql`select c.id, coalesce(c.id is not distinct from ${who.officerId} or ${superiorOfC} = ${who.accountId} or ${within('c.unit_path', who, 'administrator', 'programme_manager', 'training_officer')}, false) as inside
		from people.officer_cards c where c.active order by c.id`
	);

/** For every route with a parameter, who finds what. A route that is missing here fails the test. */
export const SAMPLES: Record<string, (db: Db, who: Visitor) => Promise<Samples>> = {
	'/akun/[id]': (db) =>
		// superiors whom nobody signs in as here: the buttons of this page are pressed too
		split(
			db,
			sql`select a.id, true as inside from people.accounts a join people.role_grants g on g.account_id = a.id
			left join people.current_units u on u.id = g.unit_id group by a.id
			having bool_and(g.role = 'superior' and u.name <> 'RSUD Contoh Siginjai') order by a.id`
		),
	'/akun/koreksi/[id]': (db) => split(db, all('people.correction_requests')),
	'/belajar/[enrolmentId]': (db, who) =>
		split(db, sql`select id as "enrolmentId", officer_id = ${who.officerId} as inside from catalogue.enrolments order by inside, id`),
	'/belajar/[enrolmentId]/[lessonId]': (db, who) =>
		split(
			db,
			sql`select e.id as "enrolmentId", l.id as "lessonId", e.officer_id = ${who.officerId} as inside
			from catalogue.enrolments e join catalogue.classes c on c.id = e.class_id join learning.courses o on o.programme_version_id = c.programme_version_id
			join learning.lessons l on l.course_id = o.id where l.published_at is not null and l.position = 1 order by 3, 1`
		),
	'/impor/[id]': (db, who) =>
		split(
			db,
			sql`select id, ${who.roles.includes('administrator')} or created_by = ${who.accountId} as inside from platform.imports order by id`
		),
	'/impor/templat/[file]': async (_db, who) => {
		const everything = [{ file: 'skj.csv' }, { file: 'katalog-kompetensi.xlsx' }, { file: 'hasil-asesmen.csv' }];
		const own = [{ file: 'riwayat-kursus.csv' }, { file: 'skm.xlsx' }];
		return who.roles.includes('administrator')
			? { inside: [...everything, ...own], outside: [{ file: 'skj.pdf' }] }
			: { inside: own, outside: [...everything, { file: 'skj.pdf' }] };
	},
	'/kelas/[id]': (db) => split(db, all('catalogue.classes')),
	'/kompetensi/[code]': async () => ({ inside: [{ code: 'M.3' }], outside: [{ code: 'X.9' }] }),
	'/kompetensi/kamus/[code]': async () => ({ inside: [{ code: 'M.3' }, { code: 'T.KES.01' }], outside: [{ code: 'X.9' }] }),
	'/kuesioner/[id]': (db) => split(db, all('surveys.questionnaires')),
	'/layanan/[id]': (db, who) =>
		split(
			db,
			sql`select s.id, ${within('u.path', who, ...READERS)} as inside from service.service_units s join people.current_units u on u.id = s.unit_id order by s.id`
		),
	'/materi/[versionId]': (db) => split(db, all('catalogue.programme_versions', 'id', 'versionId')),
	'/materi/[versionId]/[lessonId]': (db) =>
		split(
			db,
			sql`select o.programme_version_id as "versionId", l.id as "lessonId", true as inside from learning.lessons l join learning.courses o on o.id = l.course_id
			union all select v.id, l.id, false from catalogue.programme_versions v, learning.lessons l join learning.courses o on o.id = l.course_id where v.id <> o.programme_version_id order by 3`
		),
	'/mitra/[id]': (db, who) =>
		split(db, sql`select o.id, ${seesAll(who)} or o.id = ${who.organisationId} as inside from people.organisations o order by o.id`),
	'/mitra/tawaran/[id]': (db, who) =>
		split(
			db,
			sql`select o.id, ${seesAll(who)} or o.organisation_id = ${who.organisationId} as inside from partners.offers o order by o.id`
		),
	'/orang/[id]': (db, who) =>
		split(
			db,
			sql`select c.id, c.id is not distinct from ${who.officerId} or ${within('c.unit_path', who, ...READERS)} as inside from people.officer_cards c order by c.id`
		),
	'/orang/[id]/jabatan-tujuan': competenceOf,
	'/orang/[id]/perkembangan': competenceOf,
	'/penilaian/[roundId]': (db, who) =>
		split(
			db,
			sql`select r.id as "roundId", exists (select 1 from surveys.rating_assignments a where a.round_id = r.id
			and a.rater_person_id = ${who.officerId ?? who.accountId}) as inside from surveys.rating_rounds r order by r.id`
		),
	'/penilaian-360/[id]': (db, who) =>
		split(
			db,
			sql`select r.id, ${within('u.path', who, ...ORGANISERS)} as inside from surveys.feedback_rounds r join people.current_units u on u.id = r.unit_id order by r.id`
		),
	'/penilaian-360/[id]/orang/[officerId]': (db, who) =>
		split(
			db,
			sql`select distinct r.id, q.subject_officer_id as "officerId", r.sent_at is null and q.subject_officer_id is distinct from ${who.officerId}
				and ${within('u.path', who, ...ORGANISERS)} as inside
			from surveys.feedback_rounds r join people.current_units u on u.id = r.unit_id join surveys.feedback_requests q on q.round_id = r.id order by 3, 1, 2`
		),
	'/periksa/[code]': async (db) => split(db, sql`select code, true as inside from credentials.certificates order by code`),
	'/program/[id]': (db) => split(db, all('catalogue.programmes')),
	'/program/[id]/versi/[versionId]': (db) =>
		split(db, sql`select programme_id as id, id as "versionId", true as inside from catalogue.programme_versions order by id`),
	'/rekan/[roundId]': (db, who) =>
		split(
			db,
			sql`select r.id as "roundId", r.sent_at is not null and exists (select 1 from surveys.feedback_requests q where q.round_id = r.id
			and q.rater_person_id = ${who.officerId ?? who.accountId}) as inside from surveys.feedback_rounds r order by r.id`
		),
	'/rekan/[roundId]/[requestId]': (db, who) =>
		split(
			db,
			sql`select q.round_id as "roundId", q.id as "requestId", r.sent_at is not null and q.rater_person_id = ${who.officerId ?? who.accountId} as inside
			from surveys.feedback_requests q join surveys.feedback_rounds r on r.id = q.round_id order by 3, 1, 2`
		),
	'/sasaran/[id]': (db, who) => split(db, sql`select id, officer_id = ${who.officerId} as inside from planning.goals order by id`),
	'/sertifikat/[id]': (db, who) =>
		split(
			db,
			sql`select s.id, s.officer_id is not distinct from ${who.officerId} or ${within('c.unit_path', who, 'administrator', 'programme_manager', 'training_officer', 'superior')} as inside
			from credentials.certificates s join people.officer_cards c on c.id = s.officer_id order by s.id`
		),
	'/skm/[code]': (db) =>
		split(db, sql`select code, true as inside from service.service_units union all select 'TIDAKADA', false order by 1`),
	'/soal/[id]': (db) => split(db, sql`select id, true as inside from assessment.tests where kind = 'test' order by id`),
	'/standar/jabatan/[ref]': (db) =>
		split(
			db,
			sql`select post_ref as ref, true as inside from people.officer_cards where post_ref is not null group by 1 union all select 'tidak-ada', false`
		),
	'/standar/jenjang/[rung]': (db) =>
		split(
			db,
			sql`select rung, true as inside from people.officer_cards where rung is not null group by 1 union all select 'tidak-ada', false`
		),
	'/tes/[sittingId]': (db, who) =>
		split(db, sql`select id as "sittingId", officer_id = ${who.officerId} as inside from assessment.sittings order by due_at, id`),
	'/tim/[officerId]': (db, who) =>
		split(
			db,
			sql`select c.id as "officerId", ${superiorOfC} = ${who.accountId} as inside from people.officer_cards c where c.active order by c.id`
		),
	'/tim/sasaran/[id]': (db, who) =>
		split(
			db,
			sql`select g.id, ${superiorOfC} = ${who.accountId} as inside from planning.goals g join people.officer_cards c on c.id = g.officer_id order by g.id`
		),
	'/tinjauan/[id]': (db) => split(db, all('evaluation.review_cases')),
	'/undangan/[token]': async () => ({ inside: [{ token: 'bukan-undangan' }], outside: [] }),
	'/unit/[id]': (db, who) =>
		split(db, sql`select u.id, ${within('u.path', who, ...READERS)} as inside from people.current_units u order by u.id`)
};

/** The samples of a route: its own, or those of the page it hangs under. */
export async function samplesOf(db: Db, who: Visitor, routeId: string): Promise<Samples> {
	if (!routeId.includes('[')) return { inside: [{}], outside: [] };
	const own = routeId.replace('[id].pdf', '[id]');
	for (let at = own; at.includes('['); at = at.slice(0, at.lastIndexOf('/'))) {
		const found = SAMPLES[at];
		const sameParams = (routeId.match(/\[\w+\]/g) ?? []).every((name) => at.includes(name));
		if (found && sameParams) return found(db, who);
	}
	throw new Error(`tests/access/facts.ts knows no ids for ${routeId}`);
}
