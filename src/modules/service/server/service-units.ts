import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound } from '#platform/refusal.ts';
import { publicCode } from '../rules.ts';
import { mayKeep, mayRead, readable } from './access.ts';

export interface ServiceUnit {
	id: string;
	unit_id: string;
	unit_name: string;
	unit_path: string;
	opd_name: string | null;
	name: string;
	service_name: string;
	code: string;
	closed_at: Date | null;
}

const select = sql`select s.id, s.unit_id, u.name as unit_name, u.path::text as unit_path, u.opd_name, s.name, s.service_name, s.code, s.closed_at
	from service.service_units s join people.current_units u on u.id = s.unit_id`;

/** Opens a service unit below a unit of the tree; its code is what the QR carries. */
export async function openServiceUnit(
	db: Db,
	actor: Actor,
	at: Date,
	input: { unit_id: string; name: string; service_name: string }
): Promise<{ id: string }> {
	const unit = await sql<{ path: string }>`select path::text as path from people.current_units where id = ${input.unit_id}`.execute(db);
	const path = unit.rows[0]?.path;
	if (path === undefined || !mayKeep(actor, path)) throw new NotFound('unit');
	const id = newId();
	await sql`insert into service.service_units (id, unit_id, name, service_name, code, created_by, created_at)
		values (${id}, ${input.unit_id}, ${input.name}, ${input.service_name}, ${publicCode(randomBytes(8))}, ${actor.accountId}, ${at})`.execute(
		db
	);
	await audit(db, actor, at, 'service.unit_opened', { type: 'service_unit', id });
	return { id };
}

export async function serviceUnit(db: Db, actor: Actor, id: string): Promise<ServiceUnit> {
	const { rows } = isId(id) ? await sql<ServiceUnit>`${select} where s.id = ${id}`.execute(db) : { rows: [] };
	const unit = rows[0];
	if (!unit || !mayRead(actor, unit.unit_path)) throw new NotFound('service unit');
	return unit;
}

/** What a citizen may know of the unit behind a QR. */
export async function serviceUnitByCode(db: Db, code: string): Promise<{ id: string; name: string; service_name: string } | undefined> {
	const { rows } = await sql<{ id: string; name: string; service_name: string }>`select id, name, service_name from service.service_units
		where code = ${code.toUpperCase()} and closed_at is null`.execute(db);
	return rows[0];
}

export async function serviceUnits(db: Db, actor: Actor): Promise<ServiceUnit[]> {
	const { rows } =
		await sql<ServiceUnit>`${select} where s.closed_at is null and ${readable(actor)} order by s.name, s.id limit 500`.execute(db);
	return rows;
}
