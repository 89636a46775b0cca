import { EvaluationFaults } from './fault.ts';
import type { EvaluationFault } from './fault.ts';
import { nearest } from './plan.ts';
import type { CompletePlan } from './plan.ts';

/** One row of data by column name. Empty text, null and absent are missing. */
export type EvaluationRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One row read through the plan. */
export interface Observation {
	id: string;
	unit: string | null;
	taughtIn: string | null;
	assigned: 0 | 1 | null;
	attended: 0 | 1 | null;
	otherCourse: 0 | 1 | null;
	baseline: number | null;
	outcome: number | null;
	/** In the order of the plan; text stays text. */
	covariates: (number | string | null)[];
	period: number | null;
	firstTreated: number | null;
}

export interface Reading {
	observations: Observation[];
	duplicates: number;
	outsideWindow: number;
}

const MOST_FAULTS = 50;
const MOST_LEVELS = 30;

/**
 * Reads rows through the plan. The order of rows does not matter afterwards: observations are sorted by content.
 * @throws EvaluationFaults with one fault a bad cell (at most 50).
 */
export function readRows(plan: CompletePlan, rows: readonly EvaluationRow[]): Reading {
	const faults: EvaluationFault[] = [];
	checkColumns(plan, rows, faults);
	if (faults.length > 0) throw new EvaluationFaults(faults);
	const c = plan.columns;
	const numericCovariate = c.covariates.map((name) => rows.every((row) => missing(row[name]) || number(row[name]) !== null));
	let outsideWindow = 0;
	const observations = rows.map((row, index): Observation & { date: string; line: number } => {
		const line = index + 2;
		const fault = (key: string, message: string) => {
			if (faults.length < MOST_FAULTS) faults.push({ key: `columns.${key}`, row: line, message });
		};
		const text = (key: 'id' | 'unit' | 'taughtIn') => (c[key] && !missing(row[c[key]]) ? String(row[c[key]]).trim() : null);
		const measured = (key: 'baseline' | 'outcome' | 'period' | 'firstTreated') => {
			if (!c[key] || missing(row[c[key]])) return null;
			const value = number(row[c[key]]);
			if (value === null)
				fault(key, `${quote(row[c[key]])} di kolom ${c[key]} bukan bilangan; tulis bilangan dengan titik desimal atau kosongkan`);
			else if (Math.abs(value) > 1e12) fault(key, `${quote(row[c[key]])} di kolom ${c[key]} terlalu besar; periksa satuannya`);
			return value;
		};
		const flag = (key: 'assigned' | 'attended' | 'otherCourse', needed: boolean): 0 | 1 | null => {
			const name = c[key];
			if (!name) return null;
			if (missing(row[name])) {
				if (needed) fault(key, `kolom ${name} kosong; isi 1 atau 0`);
				return null;
			}
			const value = number(row[name]);
			if (value === 1 || value === 0) return value;
			fault(key, `${quote(row[name])} di kolom ${name} bukan 1 atau 0; perbaiki isinya`);
			return null;
		};
		const long = plan.class === 'C' || (plan.class === 'D' && c.period !== null);
		const id = text('id');
		const unit = text('unit');
		if (c.id && id === null) fault('id', `kolom ${c.id} kosong; isi kode orang`);
		if (c.unit && unit === null && (plan.class === 'A2' || plan.class === 'D')) fault('unit', `kolom ${c.unit} kosong; isi nama unit`);
		let outcome = measured('outcome');
		let date = '';
		if (plan.window && c.outcomeDate && outcome !== null) {
			date = missing(row[c.outcomeDate]) ? '' : String(row[c.outcomeDate]).trim().slice(0, 10);
			if (date !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(date))
				fault('outcomeDate', `${quote(row[c.outcomeDate])} bukan tanggal; tulis TTTT-BB-HH`);
			if (date === '' || date < plan.window.from || date > plan.window.to) {
				outsideWindow++;
				outcome = null;
			}
		}
		const period = measured('period');
		const firstTreated = measured('firstTreated');
		if (long) {
			if (period === null || !Number.isInteger(period)) fault('period', `kolom ${c.period} harus bilangan bulat; isi nomor periode`);
			if (firstTreated === null || !Number.isInteger(firstTreated))
				fault('firstTreated', `kolom ${c.firstTreated} harus bilangan bulat; isi periode pertama ikut, 0 bila tidak pernah`);
		}
		return {
			id: id ?? (c.id ? '' : long && unit !== null ? unit : `baris ${line}`),
			unit,
			taughtIn: text('taughtIn'),
			assigned: flag('assigned', !long && plan.class !== 'E' && plan.class !== 'F'),
			attended: flag('attended', false),
			otherCourse: flag('otherCourse', false),
			baseline: measured('baseline'),
			outcome,
			covariates: c.covariates.map((name, i) =>
				missing(row[name]) ? null : numericCovariate[i] ? number(row[name]) : String(row[name]).trim()
			),
			period,
			firstTreated,
			date,
			line
		};
	});
	for (const [i, name] of c.covariates.entries()) {
		const levels = new Set(observations.map((o) => o.covariates[i]));
		if (!numericCovariate[i] && levels.size > MOST_LEVELS)
			faults.push({
				key: 'columns.covariates',
				row: null,
				message: `kolom ${name} punya ${levels.size} isian teks berbeda; kelompokkan menjadi paling banyak ${MOST_LEVELS} atau hapus dari rencana`
			});
	}
	if (faults.length > 0) throw new EvaluationFaults(faults);
	return { ...withoutDuplicates(plan, observations), outsideWindow };
}

function checkColumns(plan: CompletePlan, rows: readonly EvaluationRow[], faults: EvaluationFault[]): void {
	if (rows.length === 0) {
		faults.push({ key: '(data)', row: null, message: 'data tidak punya baris; isi sedikitnya satu baris' });
		return;
	}
	const present = new Set(rows.flatMap((row, i) => (i < 100 ? Object.keys(row) : [])));
	const { covariates, ...single } = plan.columns;
	const wanted: [string, string][] = [
		...Object.entries(single).flatMap(([key, name]): [string, string][] => (name === null ? [] : [[key, name as string]])),
		...covariates.map((name): [string, string] => ['covariates', name])
	];
	for (const [key, name] of wanted)
		if (!present.has(name))
			faults.push({
				key: `columns.${key}`,
				row: null,
				message: `kolom "${name}" tidak ada di data; kolom yang ada: ${[...present].slice(0, 30).join(', ')} (${nearest(name, [...present])})`
			});
}

/** The first outcome inside the window stands for the person; in long data, for the person and period. */
function withoutDuplicates(plan: CompletePlan, observations: (Observation & { date: string; line: number })[]) {
	const inTime = [...observations].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.line - b.line));
	const kept = new Map<string, Observation & { date: string; line: number }>();
	let duplicates = 0;
	for (const o of inTime) {
		const key = JSON.stringify([o.id, o.period]);
		const earlier = kept.get(key);
		// Without person codes nothing says that two rows are the same person: both stay.
		if (!plan.columns.id) kept.set(`${o.line}`, o);
		else if (!earlier) kept.set(key, o);
		else {
			duplicates++;
			if (earlier.outcome === null && o.outcome !== null) kept.set(key, o);
		}
	}
	const sortable = [...kept.values()].map(({ date: _date, line: _line, ...o }) => {
		const content = plan.columns.id ? o : { ...o, id: '' };
		return { o, key: JSON.stringify(content) };
	});
	sortable.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
	return { observations: sortable.map((s) => s.o), duplicates };
}

function missing(value: unknown): boolean {
	return value === null || value === undefined || (typeof value === 'string' && (value.trim() === '' || value.trim() === 'NA'));
}

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function number(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'boolean') return value ? 1 : 0;
	const text = String(value).trim();
	if (!NUMERAL.test(text)) return null;
	const parsed = Number(text);
	return Number.isFinite(parsed) ? parsed : null;
}

function quote(value: unknown): string {
	const text = String(value);
	return `"${text.length > 30 ? `${text.slice(0, 30)}…` : text}"`;
}
