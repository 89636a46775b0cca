/** The demo province, loaded once, on the first start without `--empty`. Everything in it is invented. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { listeners } from '../src/app/listeners.ts';
import { scheduledJobs } from '../src/app/scheduled-jobs.ts';
import type { DemoAccount } from '../src/cli/accounts.ts';
import type { Database } from '../src/cli/database.ts';
import { actorOfUser, requestCorrection } from '../src/modules/people/server/index.ts';
import type { Actor } from '../src/platform/actor.ts';
import { connect, inTransaction } from '../src/platform/database/connection.ts';
import { deliverEvents } from '../src/platform/events.ts';
import { localFiles } from '../src/platform/files/files.ts';
import { openJobs } from '../src/platform/jobs.ts';
import { log } from '../src/platform/log.ts';
import { appointSuperiors, bringInPeople, openAccount, writeAccounts } from './people.ts';
import { tellOfCompetence } from './competence.ts';
import { demoProvince } from './province.ts';
import { universityOf } from './partners.ts';
import { rateAround } from './rounds.ts';
import { seeded } from './random.ts';
import { acting, stageClock, type Stage } from './stage.ts';
import { tellStories } from './stories.ts';

export async function loadDemo(database: Database): Promise<void> {
	const connection = connect(database.url, 5);
	const { db } = connection;
	const jobs = await openJobs(
		database.url,
		// nobody of the demo gets mail: the addresses lead nowhere
		{ event: deliverEvents(db, listeners), mail: async () => {}, ...scheduledJobs(db) },
		(error) => log.error({ err: error }, 'demo')
	);
	try {
		const now = new Date();
		const day = stageClock(now);
		const began = day(-420);
		const province = demoProvince();
		const { administrator } = await bringInPeople(db, localFiles(join(database.folder, 'files')), began, province);
		const list: DemoAccount[] = [
			{ role: 'administrator', person: 'Administrator Contoh', unit: '–', signIn: administrator.email, password: administrator.password }
		];
		const admin = await sql<{
			auth_user_id: string;
		}>`select auth_user_id from people.accounts where email = ${administrator.email}`.execute(db);
		const administratorActor = (await actorOfUser(db, began, admin.rows[0]!.auth_user_id))!;
		const open = (role: string, name: string, ...grants: { role: string; unit?: string }[]) =>
			openAccount(db, began, { role, name, grants }, list);

		const manager = await open('programme_manager', 'HELMI SYARIF', { role: 'programme_manager' });
		const trainer = await open('trainer', 'NYIMAS LAILA', { role: 'trainer' });
		const superior = await open('superior', 'MARLINA ZAHRA', { role: 'superior', unit: 'RSUD Contoh Siginjai' });
		await open('leadership', 'RADEN USMAN', { role: 'leadership' });
		const ratna = await open('learner', 'RATNA DEWI');
		const bujang = await open('learner', 'BUJANG RIMBO');
		const health = province.officers.find((officer) => officer.unit === 'Dinas Kesehatan' && !officer.head)!;
		const trainingOfficer = await open('training_officer', health.name, { role: 'training_officer', unit: 'Dinas Kesehatan' });
		const organisationId = await universityOf(db, manager, began);
		const partner: Actor = await openAccount(
			db,
			began,
			{
				role: 'partner',
				name: 'Dr. Salma Rahayu (contoh)',
				email: 'salma.rahayu@kampus-contoh.example',
				grants: [{ role: 'partner', organisationId }]
			},
			list
		);

		const ids = await sql<{ id: string; siasn_id: string }>`select id, siasn_id from people.officers`.execute(db);
		const units = await sql<{ id: string; name: string }>`select id, name from people.current_units`.execute(db);
		const stage: Stage = {
			db,
			jobs,
			random: seeded(15),
			province,
			officerIds: new Map(ids.rows.map((row) => [row.siasn_id, row.id])),
			unitIds: new Map(units.rows.map((row) => [row.name, row.id])),
			administrator: administratorActor,
			manager,
			trainer,
			partner,
			superiors: await appointSuperiors(db, began, province, new Map([['RSUD Contoh Siginjai', superior]])),
			day,
			act: acting(db)
		};
		await tellStories(stage, organisationId);
		await rateAround(stage, trainingOfficer);
		await tellOfCompetence(stage, localFiles(join(database.folder, 'files')), ratna);
		const wrong = 'Gelar saya, S.Kom., belum tertulis.';
		await inTransaction(db, (own) => requestCorrection(own, bujang, day(-1), { category: 'people.identity', wrong }));
		// the first start has no backlog to work off
		await jobs.drain();
		writeAccounts(database.folder, list);
		await sql`analyze`.execute(db);
	} finally {
		await jobs.stop();
		await connection.close();
	}
}
