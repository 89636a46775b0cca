import type { Fault } from '#platform/imports/kinds.ts';
import { sentence } from '#platform/sentences.ts';

/** Row, column, what is wrong and its mend in one sentence, in the language asked for or that of the request. */
export function faultSentence(fault: Pick<Fault, 'code' | 'column' | 'params'>, row: number, locale?: 'id' | 'en'): string {
	const what = sentence(`people_fault_${fault.code}`, fault.params ?? {}, locale);
	return fault.column === null
		? sentence('people_fault_in_row', { row, what }, locale)
		: sentence('people_fault_in_cell', { row, column: fault.column, what }, locale);
}
