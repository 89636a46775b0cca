import { sql, type RawBuilder } from 'kysely';
import { getLocale } from '#paraglide/runtime.js';
import { dayOf } from '#platform/clock.ts';
import type { Db } from '#platform/database/connection.ts';
import { Refusal } from '#platform/refusal.ts';
import { missingQuantity, type JpRule } from '../rules.ts';

export interface DatedJpRule extends JpRule {
	id: string;
	form_code: string;
	/** In the language of the request. */
	name: string;
	name_id: string;
	name_en: string;
	legal_basis: string;
	confidence: string;
	valid_from: string;
}

const columns =
	() => sql`id, form_code, ${getLocale() === 'en' ? sql`name_en` : sql`name_id`} as name, name_id, name_en, basis, national_jp, international_jp,
	international_multiplier, cap, legal_basis, confidence, valid_from`;

/** Query of the rule of a form on a day: of those that have begun and not ended, the newest. */
export const ruleInForce = (
	columns: RawBuilder<unknown>,
	formCode: RawBuilder<unknown>,
	day: RawBuilder<unknown>
): RawBuilder<DatedJpRule> =>
	sql<DatedJpRule>`select ${columns} from credentials.jp_rules where form_code = ${formCode}
		and valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by valid_from desc limit 1`;

export async function jpRule(db: Db, formCode: string, day: string): Promise<DatedJpRule | undefined> {
	const { rows } = await ruleInForce(columns(), sql`${formCode}`, sql`${day}::date`).execute(db);
	return rows[0];
}

/** All forms of development in force, in the order of their codes: classroom first, then the others. */
export async function developmentForms(db: Db, at: Date): Promise<DatedJpRule[]> {
	const day = dayOf(at);
	const { rows } = await sql<DatedJpRule>`select distinct on (form_code) ${columns()} from credentials.jp_rules
		where valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by form_code, valid_from desc`.execute(db);
	return rows;
}

export interface JpTarget {
	rule: 'min' | 'max' | null;
	jp: number | null;
	legal_basis: string | null;
	confidence: string;
	note: string | null;
}

/** The target of a kind of employment on a day; undefined where no rule is known at all. */
export async function jpTarget(db: Db, employmentKind: string, day: string): Promise<JpTarget | undefined> {
	const { rows } =
		await sql<JpTarget>`select rule, jp, legal_basis, confidence, note from credentials.jp_targets where employment_kind = ${employmentKind}
		and valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by valid_from desc limit 1`.execute(db);
	return rows[0];
}

/** A draft whose form could not be credited is refused while it is written, at the field that is missing. */
export async function refuseUncountable(
	db: Db,
	at: Date,
	content: { formCode: string; programmeJp?: number | undefined; days?: number | undefined }
): Promise<void> {
	const rule = await jpRule(db, content.formCode, dayOf(at));
	if (!rule) throw new Refusal('credentials_refusal_form_unknown', { field: 'formCode' });
	const missing = missingQuantity(rule, content);
	if (missing) throw new Refusal(missing === 'days' ? 'credentials_refusal_days' : 'credentials_refusal_programme_jp', { field: missing });
}
