/**
 * Every form that makes something, sent twice at once and once more after: one fact results, and each answer leads to
 * the same place. The key is the one of the page, so a form without one fails here.
 */
import { globSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/platform/database/connection.ts';
import { newId } from '../../src/platform/ids.ts';
import { startDemo } from '../demo-folder.ts';
import type { RunningServer } from '../server.ts';
import { DAY, FORMS, OTHERS } from './forms.ts';
import { browsing, demoVisitor, type Browsing } from './visitor.ts';

let server: RunningServer;
let behind: Connection;
const visitors = new Map<string, Browsing>();
const ids = new Map<string, string>();

beforeAll(async () => {
	server = await startDemo({ clock: new Date().toISOString() });
	behind = await server.database();
	const known: Record<string, string> = {
		uninvited: `select c.id from people.officer_cards c where c.active and c.email is not null and not exists (select 1 from people.accounts a where a.officer_id = c.id)
			and not exists (select 1 from catalogue.draw_results d where d.officer_id = c.id) order by c.id limit 1`,
		other: `select c.id from people.officer_cards c where c.active and not exists (select 1 from catalogue.draw_results d where d.officer_id = c.id) order by c.id desc limit 1`,
		unit: `select id from people.current_units order by id desc limit 1`,
		manager: `select a.id from people.accounts a join people.role_grants g on g.account_id = a.id where g.role = 'programme_manager' limit 1`,
		competency: `select id from competency.competencies where code = 'M.3'`,
		competencyTwo: `select id from competency.competencies where code = 'M.2'`,
		publishedTest: `select id from assessment.tests where kind = 'test' and published_at is not null order by id limit 1`,
		published: `select p.id from catalogue.programme_versions v join catalogue.programmes p on p.id = v.programme_id where p.title = 'Manajemen Proyek di Lapangan'`,
		publishedVersion: `select v.id from catalogue.programme_versions v join catalogue.programmes p on p.id = v.programme_id where p.title = 'Manajemen Proyek di Lapangan'`,
		otherProgramme: `select id from catalogue.programmes where title = 'Komunikasi Pelayanan di Loket'`,
		subordinate: `select c.id from people.officer_cards c where c.active and c.unit_name = 'RSUD Contoh Siginjai' and c.full_name <> 'MARLINA ZAHRA' order by c.id limit 1`,
		feedbackUnit: `select id from people.current_units where name = 'Badan Kepegawaian Daerah'`,
		feedbackOfficer: `select id from people.officer_cards where active and unit_name = 'Badan Kepegawaian Daerah' order by id limit 1`,
		post: `select post_ref from people.officer_cards where post_ref ~ '^[0-9A-Za-z-]+$' group by 1 order by 1 limit 1`,
		certificate: `select id from credentials.certificates order by id limit 1`,
		review: `select id from evaluation.review_cases limit 1`,
		enrolment: `select e.id from catalogue.enrolments e join people.officers o on o.id = e.officer_id where o.full_name = 'BUJANG RIMBO'`,
		practiceLesson: `select l.id from learning.lessons l join learning.courses o on o.id = l.course_id join catalogue.classes c on c.programme_version_id = o.programme_version_id
			join catalogue.enrolments e on e.class_id = c.id join people.officers f on f.id = e.officer_id where f.full_name = 'BUJANG RIMBO' and l.practice_test_id is not null order by l.position limit 1`,
		running: `select id from catalogue.classes where name = 'Angkatan 2'`
	};
	for (const [name, query] of Object.entries(known)) ids.set(name, await value(query));
	ids.set(
		'practiceQuestion',
		await value(
			`select q.id from assessment.questions q join learning.lessons l on l.practice_test_id = q.test_id where l.id = '${ids.get('practiceLesson')}' order by q.position limit 1`
		)
	);
	ids.set(
		'practiceOption',
		await value(`select id from assessment.options where question_id = '${ids.get('practiceQuestion')}' order by position limit 1`)
	);
	ids.set(
		'session',
		await value(`select id from catalogue.class_sessions where class_id = '${ids.get('running')}' order by day desc limit 1`)
	);
	ids.set('seat', await value(`select id from catalogue.enrolments where class_id = '${ids.get('running')}' order by id limit 1`));
});

afterAll(async () => {
	await behind?.close();
	await server?.stop();
});

async function value(query: string): Promise<string> {
	const { rows } = await behind.pool.query<Record<string, string>>(query);
	if (!rows[0]) throw new Error(`The demo has nothing for: ${query}`);
	return Object.values(rows[0])[0]!;
}

const filled = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? `{${name}}`);

async function visitor(role: string, name = ''): Promise<Browsing> {
	const known = visitors.get(role + name);
	if (known) return known;
	const made = await demoVisitor(server, role, name);
	visitors.set(role + name, made);
	return made;
}

/** The key in the form of that action, or of the page's only form. */
function keyIn(html: string, action: string): string | undefined {
	const forms = [...html.matchAll(/<form[^>]*method="POST"[^>]*>[\s\S]*?<\/form>/g)].map(([form]) => form);
	const form =
		action === 'default' ? forms.find((one) => !/<form[^>]*action=/.test(one)) : forms.find((one) => one.includes(`action="?/${action}"`));
	return /name="form_key" value="([^"]+)"/.exec(form ?? '')?.[1];
}

test('every action is tried here or has a reason not to be', async () => {
	const all: string[] = [];
	for (const folder of new Set(globSync('src/routes/**/policy.ts').map((file) => dirname(file)))) {
		const { policy } = (await import(/* @vite-ignore */ resolve(folder, 'policy.ts'))) as { policy: { actions?: Record<string, unknown> } };
		for (const action of Object.keys(policy.actions ?? {})) all.push(`/${relative('src/routes', folder)} ${action}`);
	}
	expect([...FORMS.map(({ act }) => act), ...Object.keys(OTHERS)].sort()).toEqual(all.sort());
});

describe.each(FORMS.map((form) => [form.act, form] as const))('%s', (act, form) => {
	test('sent twice at once and again makes one fact', async () => {
		if (form.days) server.setClock(new Date(Date.now() + form.days * DAY).toISOString());
		if (form.page.includes('{agreement}') || JSON.stringify(form.fields).includes('{agreement}'))
			ids.set('agreement', await value(`select id from partners.agreements where organisation_id = '${ids.get('organisation')}'`));
		if (form.page.includes('{draftProgramme}'))
			ids.set('draftProgramme', await value(`select programme_id from catalogue.programme_versions where id = '${ids.get('draft')}'`));
		const who = await visitor(form.role, form.name);
		if (form.page.includes('{gapCode}')) {
			const code = /kompetensi=([A-Z]\.\d+)/.exec((await who.get('/sasaran/baru')).body)![1]!;
			const { body: sheet } = await who.get(`/sasaran/baru?kompetensi=${code}`);
			const target = [...sheet.matchAll(/<input[^>]*name="target_level"[^>]*>/g)][0]![0];
			ids.set('gapCode', code);
			ids.set('gapLevel', /value="(\d)"/.exec(target)![1]!);
			ids.set('gap', await value(`select id from competency.competencies where code = '${code}'`));
		}
		const page = filled(form.page);
		const action = act.split(' ')[1]!;
		const { status, body } = await who.get(page);
		expect(status, page).toBe(200);
		const key = keyIn(body, action);
		if (!form.keyless) expect(key, `form_key on ${page}`).toBeDefined();
		const pairs = Array.isArray(form.fields) ? form.fields : Object.entries(form.fields);
		const typed = [...pairs.map(([name, text]): [string, string] => [filled(name), filled(text)]), ['form_key', key ?? '']] as [
			string,
			string
		][];
		const [path, search] = page.split('?') as [string, string | undefined];
		const address = action === 'default' ? page : `${path}?/${action}${search ? `&${search}` : ''}`;
		const count = async () => Number(await value(`select count(*)::text from ${form.count}`));

		const before = await count();
		const answers = await Promise.all([who.post(address, typed), who.post(address, typed)]);
		answers.push(await who.post(address, typed));
		const refusal = /role="alert"[\s\S]{0,400}/.exec(answers[0]!.body)?.[0] ?? answers[0]!.body.slice(0, 300);
		expect(
			answers.map((answer) => answer.status),
			`${address}: ${refusal}`
		).toEqual([303, 303, 303]);
		expect(new Set(answers.map((answer) => answer.location)).size).toBe(1);
		expect((await count()) - before).toBe(form.makes ?? 1);
		if (form.keep) ids.set(form.keep, new URL(answers[0]!.location!, server.url).pathname.split('/').at(-1)!);
	});
});

test("a citizen's answer sent twice counts once", async () => {
	const { rows } = await sql<{ code: string }>`select code from service.service_units order by code limit 1`.execute(behind.db);
	const citizen = browsing(server);
	const answer = { response_id: newId(), u1: '4', u2: '3' };
	const count = async () => Number(await value('select count(*)::text from service.skm_responses'));
	const before = await count();
	const sent = await Promise.all([citizen.post(`/skm/${rows[0]!.code}`, answer), citizen.post(`/skm/${rows[0]!.code}`, answer)]);
	expect(sent.map(({ status }) => status)).toEqual([303, 303]);
	expect(await count()).toBe(before + 1);
});
