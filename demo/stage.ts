/** What the stories stand on: a database, the people by name, and a clock that is only an argument. */
import { sql } from 'kysely';
import type { Actor } from '../src/platform/actor.ts';
import { inTransaction, type Db } from '../src/platform/database/connection.ts';
import type { JobQueue } from '../src/platform/jobs.ts';
import type { DemoProvince } from './province.ts';
import type { Random } from './random.ts';

export interface Stage {
	db: Db;
	jobs: JobQueue;
	random: Random;
	province: DemoProvince;
	/** Ids of officers by their id in the national system. */
	officerIds: Map<string, string>;
	unitIds: Map<string, string>;
	administrator: Actor;
	manager: Actor;
	trainer: Actor;
	partner: Actor;
	/** The superiors by unit name. */
	superiors: Map<string, Actor>;
	/** Now, and days before or after it. */
	day(offset: number, hour?: number): Date;
	/** One command in one transaction, as a form would do it. */
	act<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

export const dayText = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta' }).format(at);

export const stageClock =
	(now: Date) =>
	(offset: number, hour = 9) => {
		const day = new Date(now.getTime() + offset * 86_400_000);
		return new Date(`${dayText(day)}T${String(hour).padStart(2, '0')}:00:00+07:00`);
	};

export const acting =
	(db: Db) =>
	<T>(work: (db: Db) => Promise<T>): Promise<T> =>
		inTransaction(db, work);

/** The officer as an actor without a role: what a learner may do. */
export function asOfficer(officerId: string, name = ''): Actor {
	return { accountId: null, officerId, personId: officerId, name, email: null, locale: 'id', grants: [], system: false };
}

/** Officer ids of everybody in the named units, heads left out. */
export function staffOf(stage: Stage, ...units: string[]): string[] {
	return stage.province.officers
		.filter((officer) => !officer.head && units.some((unit) => officer.unitPath.includes(unit)))
		.map((officer) => stage.officerIds.get(officer.siasnId)!);
}

export async function officerNamed(db: Db, name: string): Promise<string> {
	const { rows } = await sql<{ id: string }>`select id from people.officers where full_name = ${name}`.execute(db);
	if (!rows[0]) throw new Error(`The demo has no ${name}`);
	return rows[0].id;
}
