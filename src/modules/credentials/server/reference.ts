import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { newId } from '#platform/ids.ts';

/**
 * PerLAN 10/2018 and the decrees on ASN management are of 2017 and 2018; their exact first days are not confirmed in
 * our sources and nothing earlier is recorded here, so all rows begin with the year of the regulation.
 */
const VALID_FROM = '2018-01-01';
const LEGAL_BASIS = 'Peraturan LAN 10/2018 dan lampiran konversinya';

interface Forms {
	annual_targets: {
		employment_type: string;
		rule: 'min' | 'max' | null;
		jp: number | null;
		confidence: string;
		basis: string | null;
		note?: string;
	}[];
	rows: {
		code: string;
		name_id: string;
		name_en: string;
		jp_rule: {
			basis: string;
			national_jp: number | null;
			international_jp: number | null;
			international_multiplier: number | null;
			cap: object | null;
		};
		confidence: string;
	}[];
}

const EMPLOYMENT: Record<string, string> = { 'PPPK Paruh Waktu': 'PPPK_PW' };

/** Forms of development with their JP and the yearly targets, into the dated tables; rows that are there stay as they are. */
export async function seedJp(db: Db): Promise<void> {
	const forms = JSON.parse(readFileSync('reference/development-forms.json', 'utf8')) as Forms;
	const rules = forms.rows.map((row) => ({
		id: newId(),
		code: row.code,
		name_id: row.name_id,
		name_en: row.name_en,
		...row.jp_rule,
		// a form counted by the activity without a value: the government sets one
		basis: row.jp_rule.basis.startsWith('per_') && row.jp_rule.national_jp === null ? 'local' : row.jp_rule.basis,
		confidence: row.confidence
	}));
	await sql`insert into credentials.jp_rules (id, form_code, name_id, name_en, basis, national_jp, international_jp, international_multiplier, cap, legal_basis, confidence, valid_from)
		select t.id, t.code, t.name_id, t.name_en, t.basis, t.national_jp, t.international_jp, t.international_multiplier, nullif(t.cap, 'null'::jsonb), ${LEGAL_BASIS}, t.confidence, ${VALID_FROM}
		from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as t(id uuid, code text, name_id text, name_en text, basis text, national_jp numeric, international_jp numeric,
			international_multiplier numeric, cap jsonb, confidence text)
		on conflict (form_code, valid_from) do nothing`.execute(db);
	const targets = forms.annual_targets.map((row) => ({
		id: newId(),
		...row,
		kind: EMPLOYMENT[row.employment_type] ?? row.employment_type
	}));
	await sql`insert into credentials.jp_targets (id, employment_kind, rule, jp, legal_basis, confidence, note, valid_from)
		select t.id, t.kind, t.rule, t.jp, t.basis, t.confidence, t.note, ${VALID_FROM}
		from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as t(id uuid, kind text, rule text, jp numeric, basis text, confidence text, note text)
		on conflict (employment_kind, valid_from) do nothing`.execute(db);
}
