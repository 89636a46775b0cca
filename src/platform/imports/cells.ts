/** Reading single cells: one reading only, or a fault. */
import type { Cells, Fault, RehearsedRow } from './kinds.ts';

/** `dd-mm-yyyy` as the system writes, `/` or `.` between, or the ISO form: each has one reading only. */
export function readDate(value: string | null, refuse: (code: string) => void): string | null {
	if (value === null) return null;
	const local = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(value);
	const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00.*)?$/.exec(value);
	const [year, month, day] = local ? [local[3]!, local[2]!, local[1]!] : iso ? [iso[1]!, iso[2]!, iso[3]!] : [];
	if (year === undefined) return (refuse('date_unreadable'), null);
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	if (date.getUTCFullYear() !== Number(year) || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day))
		return (refuse('date_impossible'), null);
	return `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

export const CONTROL = /(?![\t\n\r])\p{Cc}/u;
export const FORMULA = /^[=+@]|^-\s*[\d=(]/;

/** The cells of one row with the faults they cause. */
export interface CellReader {
	/** Spaces run together; a formula, a control character or more than `limit` characters refuse the row. */
	text(name: string, limit?: number): string | null;
	date(name: string): string | null;
	/** A whole number; anything else refuses the row. */
	whole(name: string): number | null;
	refuse(code: string, column: string | null, params?: Fault['params']): void;
	warn(code: string, column: string | null, params?: Fault['params']): void;
	/** True once the row is refused. */
	refused(): boolean;
}

export function cellReader(cells: Cells, row: RehearsedRow): CellReader {
	const fault = (outcome: Fault['outcome']) => (code: string, column: string | null, params?: Fault['params']) =>
		void row.faults.push({ code, column, outcome, ...(params ? { params } : {}) });
	const refuse = fault('refused');
	const shown = (name: string) => ({ value: cells[name]!.slice(0, 40).replace(/\p{Cc}/gu, '') });
	return {
		refuse,
		warn: fault('warned'),
		refused: () => row.faults.some((one) => one.outcome === 'refused'),
		text(name, limit = 300) {
			const value = cells[name]?.replace(/\s+/g, ' ') ?? null;
			if (value === null) return null;
			if (CONTROL.test(value)) return (refuse('control_character', name), null);
			if (value.length > limit) return (refuse('too_long', name, { limit }), null);
			if (FORMULA.test(value)) return (refuse('formula', name), null);
			return value;
		},
		date: (name) => readDate(cells[name] ?? null, (code) => refuse(code, name, shown(name))),
		whole(name) {
			const value = cells[name] ?? null;
			if (value === null) return null;
			if (/^\d{1,9}(?:[.,]0+)?$/.test(value)) return Number.parseInt(value, 10);
			return (refuse('number_unreadable', name, shown(name)), null);
		}
	};
}
