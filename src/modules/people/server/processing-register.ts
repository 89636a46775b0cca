/** The register of processing: purpose, source and basis of each kind of personal data. */
import { readFileSync } from 'node:fs';

export interface RegisterEntry {
	key: string;
	name_id: string;
	name_en: string;
	why_id: string;
	why_en: string;
	source_id: string;
	source_en: string;
	basis_id: string;
	basis_en: string;
	confidence: string;
	/** A period that the software itself keeps to; null: the government sets one, see `retention.ts`. */
	kept_id: string | null;
	kept_en: string | null;
	/** Page that shows it, where there is one. */
	href: string | null;
}

/** By category. */
export function processingRegister(): Map<string, RegisterEntry> {
	const { rows } = JSON.parse(readFileSync('reference/processing-register.json', 'utf8')) as { rows: RegisterEntry[] };
	return new Map(rows.map((row) => [row.key, row]));
}
