import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { NotFound } from '#platform/refusal.ts';
import { isId } from '#platform/ids.ts';
import type { EmploymentKind, PostKind, Rung } from '../rules.ts';

/** One row of the view `people.officer_cards`: what other modules may know of an officer today. */
export interface OfficerCard {
	id: string;
	full_name: string;
	/** With titles. */
	display_name: string;
	nip: string | null;
	employment_kind: EmploymentKind;
	active: boolean;
	sex: 'M' | 'F' | null;
	birth_date: string | null;
	joined_on: string | null;
	email: string | null;
	government_id: string;
	rank_code: string | null;
	post_name: string | null;
	post_ref: string | null;
	post_kind: PostKind | null;
	rung: Rung | null;
	unit_id: string | null;
	unit_name: string | null;
	/** ltree as text; null when the unit ended or there is none. */
	unit_path: string | null;
	opd_id: string | null;
	opd_name: string | null;
}

const columns = sql.raw(
	[
		'id',
		'full_name',
		'display_name',
		'nip',
		'employment_kind',
		'active',
		'sex',
		'birth_date',
		'joined_on',
		'email',
		'government_id',
		'rank_code',
		'post_name',
		'post_ref',
		'post_kind',
		'rung',
		'unit_id',
		'unit_name',
		'opd_id',
		'opd_name'
	]
		.map((name) => `c.${name}`)
		.join(', ') + ', c.unit_path::text as unit_path'
);

/** Cards that fulfil a condition on alias `c`. */
export async function cardsWhere(db: Db, condition: RawBuilder<boolean>, limit = 100_000): Promise<OfficerCard[]> {
	const { rows } =
		await sql<OfficerCard>`select ${columns} from people.officer_cards c where ${condition} order by c.full_name, c.id limit ${limit}`.execute(
			db
		);
	return rows;
}

/** @throws NotFound; the caller checks the scope */
export async function officerCard(db: Db, id: string): Promise<OfficerCard> {
	const card = isId(id) ? (await cardsWhere(db, sql<boolean>`c.id = ${id}`))[0] : undefined;
	if (!card) throw new NotFound('officer');
	return card;
}

/** Cards of the ids that exist, by name. */
export const officerCards = async (db: Db, ids: string[]): Promise<OfficerCard[]> =>
	ids.length === 0 ? [] : cardsWhere(db, sql<boolean>`c.id = any(${ids}::uuid[])`);
