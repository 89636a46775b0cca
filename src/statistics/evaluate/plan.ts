import { EvaluationFaults } from './fault.ts';
import type { EvaluationFault } from './fault.ts';

/** A1 lottery of persons, A2 of units, B comparison, C staggered starts, D unit before/after, E one group, F after only. */
export type DesignClass = 'A1' | 'A2' | 'B' | 'C' | 'D' | 'E' | 'F';

/** Names of data columns. `null` and absent mean the same: there is no such column. */
export interface PlanColumns {
	/** Pseudonymous person; absent: every row is a person. */
	id?: string | null;
	/** Unit (OPD) at assignment. The cluster in A2 and D, and in B when units were treated whole. */
	unit?: string | null;
	/** Class in which a person of the treated arm was taught (A1); the treated arm is then clustered by it. */
	taughtIn?: string | null;
	/** 1 treated, 0 comparison. Required in A1, A2, B and in D without `period`. */
	assigned?: string | null;
	/** 1 attended, 0 not. Absent: the assigned are taken to have attended. */
	attended?: string | null;
	/** The outcome before. Required in B, E and in D without `period`. */
	baseline?: string | null;
	/** The outcome after. Always required. */
	outcome: string;
	/** Further baseline columns, numbers or categories. Default none. */
	covariates?: string[];
	/** Period number (C, and D in long form). */
	period?: string | null;
	/** First treated period, 0 = never (C, and D in long form). */
	firstTreated?: string | null;
	/** 1 when a person took the same or an equivalent course elsewhere. */
	otherCourse?: string | null;
	/** Date of the outcome, YYYY-MM-DD; needed with `window`. */
	outcomeDate?: string | null;
}

export interface Bilingual {
	id: string;
	en: string;
}

export interface EvaluationPlan {
	class: DesignClass;
	columns: PlanColumns;
	/** Which way is good. Default `higher`. */
	direction?: 'higher' | 'lower';
	/** Smallest effect that matters, in outcome units, above 0. Required. */
	delta: number;
	/** Default `cautious`. */
	attritionBoundary?: 'cautious' | 'optimistic';
	/** Entry was by a low baseline. Default false. */
	selectedOnBaseline?: boolean;
	/** Mean of all who could have been chosen, to show the expected regression to the mean. Default null. */
	populationMean?: number | null;
	/** Reliability of the outcome, 0 to 1. Default null: not examined. */
	outcomeReliability?: number | null;
	/** `internal` and `raters` need 0.50, `retest` 0.40. Default `internal`. */
	reliabilityKind?: 'internal' | 'retest' | 'raters';
	/** Items of the test were used in class. Default false. */
	overAligned?: boolean;
	/** Same instrument and window in both arms. Default true. */
	sameMeasurement?: boolean;
	/** Highest possible score. Default null: no ceiling check. */
	scaleMaximum?: number | null;
	/** Centre covariates and interact them with treatment (Lin) when both arms have 20. Default false. */
	interaction?: boolean;
	/** Outcomes outside these dates (inclusive) count as missing. Default null. */
	window?: { from: string; to: string } | null;
	/** Planned looks, 1 to 10, and which one this is. Default 1 and 1. */
	looks?: number;
	look?: number;
	/** Seed of permutations and bootstraps, 0 to 4294967295. Default 1. */
	seed?: number;
	/** Draws of permutations and bootstraps, 199 to 99999. Default 1999. */
	draws?: number;
	/** Name of the outcome in the sentence. Default `hasil belajar` / `learning`. */
	outcomeName?: Bilingual;
	/** Unit of the outcome in the sentence. Default `poin` / `points`. */
	outcomeUnit?: Bilingual;
}

/** A plan with every default filled in. */
export interface CompletePlan {
	class: DesignClass;
	columns: Required<{ [K in keyof PlanColumns]: NonNullable<PlanColumns[K]> | null }> & { outcome: string; covariates: string[] };
	direction: 'higher' | 'lower';
	delta: number;
	attritionBoundary: 'cautious' | 'optimistic';
	selectedOnBaseline: boolean;
	populationMean: number | null;
	outcomeReliability: number | null;
	reliabilityKind: 'internal' | 'retest' | 'raters';
	overAligned: boolean;
	sameMeasurement: boolean;
	scaleMaximum: number | null;
	interaction: boolean;
	window: { from: string; to: string } | null;
	looks: number;
	look: number;
	seed: number;
	draws: number;
	outcomeName: Bilingual;
	outcomeUnit: Bilingual;
}

type Check = (value: unknown) => string | null;

const nothing = (value: unknown) => value === null || value === undefined;
const oneOf =
	(...allowed: unknown[]): Check =>
	(value) =>
		allowed.includes(value) ? null : `nilai ${show(value)} tidak dikenal; pakai salah satu dari ${allowed.join(', ')}`;
const truth: Check = (value) => (typeof value === 'boolean' ? null : `${show(value)} bukan true atau false; tulis true atau false`);
const within =
	(low: number, high: number, whole = false): Check =>
	(value) =>
		typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high && (!whole || Number.isInteger(value))
			? null
			: `${show(value)} harus ${whole ? 'bilangan bulat' : 'bilangan'} dari ${low} sampai ${high}; perbaiki nilainya`;
const optional =
	(check: Check): Check =>
	(value) =>
		nothing(value) ? null : check(value);
const columnName: Check = (value) =>
	typeof value === 'string' && value !== '' ? null : `${show(value)} bukan nama kolom; tulis nama kolom data atau null`;
const bilingual: Check = (value) =>
	isObject(value) &&
	Object.keys(value).sort().join() === 'en,id' &&
	Object.values(value).every((v) => typeof v === 'string' && v.trim() !== '')
		? null
		: 'harus berisi tepat dua teks, "id" dan "en"; lengkapi keduanya';
const date = /^\d{4}-\d{2}-\d{2}$/;
const dateWindow: Check = (value) =>
	isObject(value) &&
	Object.keys(value).sort().join() === 'from,to' &&
	Object.values(value).every((v) => typeof v === 'string' && date.test(v)) &&
	(value.from as string) <= (value.to as string)
		? null
		: 'harus {"from": "TTTT-BB-HH", "to": "TTTT-BB-HH"} dengan from tidak sesudah to; perbaiki tanggalnya';

const CHECKS: Record<string, Check> = {
	class: oneOf('A1', 'A2', 'B', 'C', 'D', 'E', 'F'),
	columns: (value) => (isObject(value) ? null : 'harus objek nama kolom, misalnya {"outcome": "post"}; tambahkan'),
	direction: optional(oneOf('higher', 'lower')),
	delta: (value) =>
		typeof value === 'number' && Number.isFinite(value) && value > 1e-12 && value < 1e12
			? null
			: `${show(value)} harus bilangan di atas 0, pengaruh terkecil yang berarti dalam satuan hasil; tentukan sebelum melihat data`,
	attritionBoundary: optional(oneOf('cautious', 'optimistic')),
	selectedOnBaseline: optional(truth),
	populationMean: optional(within(-1e12, 1e12)),
	outcomeReliability: optional(within(0, 1)),
	reliabilityKind: optional(oneOf('internal', 'retest', 'raters')),
	overAligned: optional(truth),
	sameMeasurement: optional(truth),
	scaleMaximum: optional(within(-1e12, 1e12)),
	interaction: optional(truth),
	window: optional(dateWindow),
	looks: optional(within(1, 10, true)),
	look: optional(within(1, 1000, true)),
	seed: optional(within(0, 4294967295, true)),
	draws: optional(within(199, 99999, true)),
	outcomeName: optional(bilingual),
	outcomeUnit: optional(bilingual)
};

const COLUMN_KEYS = [
	'id',
	'unit',
	'taughtIn',
	'assigned',
	'attended',
	'baseline',
	'outcome',
	'covariates',
	'period',
	'firstTreated',
	'otherCourse',
	'outcomeDate'
];

/** Checks a plan and fills its defaults. @throws EvaluationFaults naming every bad or unknown key. */
export function completePlan(input: unknown): CompletePlan {
	if (!isObject(input))
		throw new EvaluationFaults([{ key: '(plan)', row: null, message: 'rencana harus satu objek JSON; lihat contoh di docs/evaluasi.md' }]);
	const faults: EvaluationFault[] = [];
	const add = (key: string, message: string) => faults.push({ key, row: null, message });
	for (const key of Object.keys(input))
		if (!(key in CHECKS)) add(key, `kunci ini tidak dikenal; hapus atau perbaiki ejaannya (${nearest(key, Object.keys(CHECKS))})`);
	for (const [key, check] of Object.entries(CHECKS)) {
		const message = check(input[key]);
		if (message) add(key, input[key] === undefined ? `belum ada; ${message}` : message);
	}
	const columns = isObject(input.columns) ? input.columns : {};
	for (const key of Object.keys(columns))
		if (!COLUMN_KEYS.includes(key))
			add(`columns.${key}`, `kunci ini tidak dikenal; hapus atau perbaiki ejaannya (${nearest(key, COLUMN_KEYS)})`);
	for (const key of COLUMN_KEYS) {
		if (key === 'covariates') {
			const list = columns[key];
			if (!nothing(list) && !(Array.isArray(list) && list.every((v) => columnName(v) === null) && new Set(list).size === list.length))
				add('columns.covariates', 'harus daftar nama kolom tanpa pengulangan, misalnya ["age"]; perbaiki daftarnya');
		} else if (!nothing(columns[key])) {
			const message = columnName(columns[key]);
			if (message) add(`columns.${key}`, message);
		}
	}
	requireColumns(input.class, columns, add);
	if (!nothing(input.window) && nothing(columns.outcomeDate))
		add('columns.outcomeDate', 'perlu diisi karena ada window; tulis nama kolom tanggal hasil');
	if (faults.length > 0) throw new EvaluationFaults(faults);

	const plan = input as unknown as EvaluationPlan;
	const c = plan.columns;
	return {
		class: plan.class,
		columns: {
			id: c.id ?? null,
			unit: c.unit ?? null,
			taughtIn: c.taughtIn ?? null,
			assigned: c.assigned ?? (plan.class === 'B' ? (c.attended ?? null) : null),
			attended: c.attended ?? null,
			baseline: c.baseline ?? null,
			outcome: c.outcome,
			covariates: c.covariates ?? [],
			period: c.period ?? null,
			firstTreated: c.firstTreated ?? null,
			otherCourse: c.otherCourse ?? null,
			outcomeDate: c.outcomeDate ?? null
		},
		direction: plan.direction ?? 'higher',
		delta: plan.delta,
		attritionBoundary: plan.attritionBoundary ?? 'cautious',
		selectedOnBaseline: plan.selectedOnBaseline ?? false,
		populationMean: plan.populationMean ?? null,
		outcomeReliability: plan.outcomeReliability ?? null,
		reliabilityKind: plan.reliabilityKind ?? 'internal',
		overAligned: plan.overAligned ?? false,
		sameMeasurement: plan.sameMeasurement ?? true,
		scaleMaximum: plan.scaleMaximum ?? null,
		interaction: plan.interaction ?? false,
		window: plan.window ?? null,
		looks: plan.looks ?? 1,
		look: plan.look ?? 1,
		seed: plan.seed ?? 1,
		draws: plan.draws ?? 1999,
		outcomeName: plan.outcomeName ?? { id: 'hasil belajar', en: 'learning' },
		outcomeUnit: plan.outcomeUnit ?? { id: 'poin', en: 'points' }
	};
}

function requireColumns(design: unknown, columns: Record<string, unknown>, add: (key: string, message: string) => void): void {
	const need = (key: string, why: string) => {
		if (nothing(columns[key])) add(`columns.${key}`, `wajib untuk rancangan ${String(design)}: ${why}; tulis nama kolomnya`);
	};
	need('outcome', 'hasil sesudah pelatihan');
	if (design === 'A1' || design === 'A2') need('assigned', 'penetapan hasil undian (1 atau 0)');
	if (design === 'B' && nothing(columns.attended)) need('assigned', 'peserta 1, pembanding 0');
	if (design === 'A2' || design === 'D') need('unit', 'unit yang diundi atau dibandingkan');
	if (design === 'B' || design === 'E') need('baseline', 'hasil sebelum pelatihan');
	if (design === 'C') {
		need('period', 'nomor periode');
		need('firstTreated', 'periode pertama ikut, 0 bila tidak pernah');
		if (nothing(columns.id)) need('unit', 'unit yang diikuti antarperiode');
	}
	if (design === 'D' && nothing(columns.period)) {
		need('assigned', 'unit peserta 1, pembanding 0');
		need('baseline', 'hasil sebelum pelatihan');
	}
	if (design === 'D' && !nothing(columns.period)) need('firstTreated', 'periode pertama ikut, 0 bila tidak pernah');
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
	const text = value === undefined ? 'kosong' : (JSON.stringify(value) ?? String(value));
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The known word with the fewest edits, as a hint. */
export function nearest(word: string, known: readonly string[]): string {
	const best = [...known].sort((a, b) => edits(word.toLowerCase(), a.toLowerCase()) - edits(word.toLowerCase(), b.toLowerCase()))[0];
	return best === undefined ? 'tidak ada yang mirip' : `mungkin ${best}`;
}

/** Edit distance (Levenshtein 1966), one row kept. */
function edits(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
		row = next;
	}
	return row[b.length]!;
}
