import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import { audit } from '#platform/audit.ts';
import type { Db } from '#platform/database/connection.ts';
import { isId, newId } from '#platform/ids.ts';
import { NotFound, Refusal } from '#platform/refusal.ts';
import { SCALE_MAXIMUM, SCALE_MINIMUM } from '../rules.ts';
import { mayAuthor } from './access.ts';

export interface QuestionnaireRow {
	id: string;
	title_id: string;
	title_en: string;
	version: number;
	items: number;
	created_at: Date;
	/** A newer version took its place. */
	superseded: boolean;
	/** Rounds that asked it. */
	rounds: number;
}

export interface QuestionnaireItem {
	id: string;
	position: number;
	text_id: string;
	text_en: string;
	scale_min: number;
	scale_max: number;
}

export interface NewQuestionnaire {
	title_id: string;
	title_en?: string;
	items_id: string[];
	/** Line by line as `items_id`; empty: the Indonesian text serves both. */
	items_en?: string[];
	/** The questionnaire this is a new version of. */
	supersedes_id?: string;
}

/** Authors a questionnaire; with `supersedes_id` it is the next version of that one. */
export async function createQuestionnaire(db: Db, actor: Actor, at: Date, input: NewQuestionnaire): Promise<{ id: string }> {
	if (!mayAuthor(actor)) throw new NotFound('questionnaire');
	const former = input.supersedes_id ? await questionnaire(db, input.supersedes_id) : undefined;
	if (former?.superseded) throw new Refusal('surveys_already_superseded', { field: 'title_id' });
	const id = newId(at.getTime());
	await sql`insert into surveys.questionnaires (id, title_id, title_en, version, supersedes_id, created_by, created_at)
		values (${id}, ${input.title_id}, ${input.title_en || input.title_id}, ${(former?.version ?? 0) + 1}, ${former?.id ?? null}, ${actor.accountId}, ${at})`.execute(
		db
	);
	const items = input.items_id.map((text, i) => ({
		id: newId(at.getTime()),
		position: i + 1,
		text_id: text,
		text_en: input.items_en?.[i] || text
	}));
	await sql`insert into surveys.questionnaire_items (id, questionnaire_id, position, text_id, text_en, scale_min, scale_max)
		select t.id, ${id}, t.position, t.text_id, t.text_en, ${SCALE_MINIMUM}, ${SCALE_MAXIMUM}
		from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as t(id uuid, position int, text_id text, text_en text)`.execute(db);
	await audit(db, actor, at, 'surveys.questionnaire_created', { type: 'questionnaire', id }, { items: items.length });
	return { id };
}

const select = sql`select q.id, q.title_id, q.title_en, q.version, q.created_at,
	(select count(*)::int from surveys.questionnaire_items i where i.questionnaire_id = q.id) as items,
	(select count(*)::int from surveys.rating_rounds r where r.questionnaire_id = q.id) as rounds,
	exists (select 1 from surveys.questionnaires n where n.supersedes_id = q.id) as superseded
	from surveys.questionnaires q`;

export async function questionnaire(db: Db, id: string): Promise<QuestionnaireRow & { list: QuestionnaireItem[] }> {
	const { rows } = isId(id) ? await sql<QuestionnaireRow>`${select} where q.id = ${id}`.execute(db) : { rows: [] };
	if (!rows[0]) throw new NotFound('questionnaire');
	return { ...rows[0], list: await itemsOf(db, id) };
}

export async function itemsOf(db: Db, questionnaireId: string): Promise<QuestionnaireItem[]> {
	const { rows } = await sql<QuestionnaireItem>`select id, position, text_id, text_en, scale_min, scale_max
		from surveys.questionnaire_items where questionnaire_id = ${questionnaireId} order by position`.execute(db);
	return rows;
}

/** Every questionnaire, the newest first; for authors. */
export async function questionnaires(db: Db, actor: Actor): Promise<QuestionnaireRow[]> {
	if (!mayAuthor(actor)) throw new NotFound('questionnaires');
	const { rows } = await sql<QuestionnaireRow>`${select} order by q.created_at desc, q.id limit 200`.execute(db);
	return rows;
}

/** Choices for a plan: the newest version of each. */
export async function questionnaireOptions(db: Db, locale: 'id' | 'en' = 'id'): Promise<{ value: string; label: string }[]> {
	const { rows } =
		await sql<QuestionnaireRow>`${select} where not exists (select 1 from surveys.questionnaires n where n.supersedes_id = q.id)
		order by q.title_id limit 200`.execute(db);
	return rows.map((row) => ({ value: row.id, label: `${locale === 'en' ? row.title_en : row.title_id} (v${row.version})` }));
}
