import { sql } from 'kysely';
import type { Db } from './database/connection.ts';
import { newId } from './ids.ts';

/** Who owes what by when. `kind` picks the sentence (`inbox_<kind>` in the messages); `params` fill it. */
export interface InboxItem {
	id: string;
	person_id: string;
	kind: string;
	ref: string;
	href: string;
	params: Record<string, string | number>;
	opens_at: Date;
	due_at: Date | null;
	done_at: Date | null;
}

export interface NewInboxItem {
	personId: string;
	kind: string;
	ref: string;
	href: string;
	params?: Record<string, string | number>;
	opensAt: Date;
	dueAt?: Date;
	/** Moments at which the person is reminded; without them once, three days before the due date. */
	reminders?: Date[];
}

/** Asks each person once; asking again for the same thing changes nothing. */
export async function ask(db: Db, items: NewInboxItem[]): Promise<void> {
	if (items.length === 0) return;
	await sql`insert into platform.inbox_items (id, person_id, kind, ref, href, params, opens_at, due_at, reminders)
		select * from jsonb_to_recordset(${JSON.stringify(
			items.map((item) => ({
				id: newId(),
				person_id: item.personId,
				kind: item.kind,
				ref: item.ref,
				href: item.href,
				params: item.params ?? {},
				opens_at: item.opensAt,
				due_at: item.dueAt ?? null,
				reminders: item.reminders ?? null
			}))
		)}::jsonb) as t(id uuid, person_id uuid, kind text, ref uuid, href text, params jsonb, opens_at timestamptz, due_at timestamptz, reminders timestamptz[])
		on conflict (kind, ref, person_id) do nothing`.execute(db);
}

/** The thing was done: closes the person's item, or everybody's when no person is named. */
export async function settle(db: Db, at: Date, kind: string, ref: string, personId?: string): Promise<void> {
	await sql`update platform.inbox_items set done_at = ${at}
		where kind = ${kind} and ref = ${ref} and done_at is null
		${personId ? sql`and person_id = ${personId}` : sql``}`.execute(db);
}

/** Something is still asked of the person. */
export async function isAsked(db: Db, kind: string, ref: string, personId: string): Promise<boolean> {
	const { rows } = await sql`select 1 from platform.inbox_items
		where kind = ${kind} and ref = ${ref} and person_id = ${personId} and done_at is null`.execute(db);
	return rows.length > 0;
}

/** Open items that have begun, the most urgent first. */
export async function inboxOf(db: Db, at: Date, personId: string, limit = 50): Promise<InboxItem[]> {
	const { rows } = await sql<InboxItem>`select * from platform.inbox_items
		where person_id = ${personId} and done_at is null and opens_at <= ${at}
		order by due_at nulls last, id limit ${limit}`.execute(db);
	return rows;
}
