import type { Fault } from '#platform/imports/kinds.ts';
import { BEYOND_REACH } from '#platform/imports/rows.ts';
import { sentence } from '#platform/sentences.ts';

type Locale = 'id' | 'en';

/** What is wrong and its mend: in the words of the module that owns the kind, else in those that all imports share. */
export function faultWords(kind: string, fault: Pick<Fault, 'code' | 'params'>, locale?: Locale): string {
	const own = `${kind.split('.')[0]}_fault_${fault.code}`;
	const words = sentence(own, fault.params ?? {}, locale);
	return words === own ? sentence(`people_fault_${fault.code}`, fault.params ?? {}, locale) : words;
}

/** Why undo left a row: for another import, by whose reach, or for what holds on to it (`referencesTo`). */
export function keptWords(because: string, locale?: Locale): string {
	if (because === BEYOND_REACH) return sentence('people_import_kept_reach', {}, locale);
	const holder = because === 'later_import' ? because : because.split('.')[0];
	return sentence('people_import_kept_because', { where: sentence(`people_import_held_${holder}`, {}, locale) }, locale);
}

/** Row, column, what is wrong and its mend in one sentence, in the language asked for or that of the request. */
export function faultSentence(kind: string, fault: Pick<Fault, 'code' | 'column' | 'params'>, row: number, locale?: Locale): string {
	const what = faultWords(kind, fault, locale);
	return fault.column === null
		? sentence('people_fault_in_row', { row, what }, locale)
		: sentence('people_fault_in_cell', { row, column: fault.column, what }, locale);
}
