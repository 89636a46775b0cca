import * as v from 'valibot';
import { day, line, optionalText } from '#platform/form-fields.ts';
import { COVARIATES, DEFAULT_WINDOWS, DESIGNS, type Covariate, type Design, type Level } from './rules.ts';
import { LINKS } from './diagnosis.ts';

/** The primary outcome of one level, in the units of its instrument (percent of a test, mean 1–5 of a rating). */
export interface LevelInput {
	/** Published test (L2) or questionnaire (L3). */
	instrumentId: string;
	direction: 'higher' | 'lower';
	/** Days after the last day of class, inclusive. */
	windowFromDays: number;
	windowToDays: number;
	/** Smallest effect that matters, and why that one. */
	delta: number;
	deltaReason: string;
	/** Expected spread before, and correlation of before and after. */
	sd: number;
	baselineCorrelation: number;
}

export interface PlanInput {
	design: Design;
	/** Why there is no comparison; null for A1. */
	waiverReason: string | null;
	learning: LevelInput | null;
	behaviour: LevelInput | null;
	covariates: Covariate[];
	expectedProgramme: number;
	expectedComparison: number;
	attritionBoundary: 'cautious' | 'optimistic';
	attritionReason: string | null;
	ownerAccountId: string;
	/** Knows that the design cannot answer, where MDE > δ. */
	acknowledged: boolean;
}

const numeral = (text: string): number => (text.trim() === '' ? NaN : Number(text.trim().replace(',', '.')));
const optional = v.optional(v.string(), '');
const many = v.optional(v.array(v.string()), []);

/** Fields of one level are prefixed `l2_` and `l3_`; a level without an instrument is not measured. */
const fields = v.object({
	design: v.picklist(DESIGNS, 'platform_choose'),
	waiver_reason: optionalText(1000),
	l2_instrument: optional,
	l2_direction: optional,
	l2_from: optional,
	l2_to: optional,
	l2_delta: optional,
	l2_delta_reason: optionalText(1000),
	l2_sd: optional,
	l2_correlation: optional,
	l3_instrument: optional,
	l3_direction: optional,
	l3_from: optional,
	l3_to: optional,
	l3_delta: optional,
	l3_delta_reason: optionalText(1000),
	l3_sd: optional,
	l3_correlation: optional,
	covariates: many,
	n_programme: optional,
	n_comparison: optional,
	attrition: v.optional(v.picklist(['cautious', 'optimistic']), 'cautious'),
	attrition_reason: optionalText(1000),
	owner_account_id: v.pipe(v.string('platform_required'), v.uuid('platform_choose')),
	acknowledged: many
});

type Fields = v.InferOutput<typeof fields>;
type Fault = (field: keyof Fields, message: string) => void;

const UUID = /^[0-9a-f-]{36}$/i;

function readLevel(input: Fields, level: Level, causal: boolean, fault: Fault): LevelInput | null {
	const at = <K extends string>(name: K) => `${level.toLowerCase()}_${name}` as keyof Fields;
	const text = (name: string) => String(input[at(name)] ?? '');
	if (text('instrument') === '') return null;
	if (!UUID.test(text('instrument'))) fault(at('instrument'), 'platform_choose');
	const days = (name: 'from' | 'to') => {
		const value = text(name) === '' ? DEFAULT_WINDOWS[level][name] : numeral(text(name));
		if (!Number.isInteger(value) || value < 0 || value > 730) fault(at(name), 'evaluation_days_range');
		return value;
	};
	const number = (name: string, minimum: number, maximum: number, needed: boolean, otherwise: number) => {
		const value = numeral(text(name));
		if (Number.isNaN(value) && text(name).trim() === '' && !needed) return otherwise;
		if (!Number.isFinite(value)) fault(at(name), text(name).trim() === '' ? 'platform_required' : 'platform_number');
		else if (value < minimum || value > maximum) fault(at(name), 'platform_number_range');
		return value;
	};
	const [from, to] = [days('from'), days('to')];
	if (to < from) fault(at('to'), 'evaluation_window_order');
	if (causal && text('delta_reason') === '') fault(at('delta_reason'), 'evaluation_delta_reason_needed');
	return {
		instrumentId: text('instrument'),
		direction: text('direction') === 'lower' ? 'lower' : 'higher',
		windowFromDays: from,
		windowToDays: to,
		// a description compares with nothing, but the engine wants a scale for its words
		delta: number('delta', 0.001, 100, causal, level === 'L2' ? 3 : 0.2),
		deltaReason: text('delta_reason'),
		sd: number('sd', 0.001, 100, causal, level === 'L2' ? 15 : 0.6),
		baselineCorrelation: number('correlation', 0, 0.99, causal, 0.5)
	};
}

export const planForm = v.pipe(
	fields,
	v.rawTransform(({ dataset, addIssue, NEVER }): PlanInput => {
		const input = dataset.value;
		let failed = false;
		const fault: Fault = (field, message) => {
			failed = true;
			addIssue({ message, path: [{ type: 'object', origin: 'value', input, key: field, value: input[field] }] });
		};
		const causal = input.design === 'A1';
		if (!causal && input.waiver_reason === '') fault('waiver_reason', 'evaluation_waiver_needed');
		const measured = input.design !== 'none';
		const learning = measured ? readLevel(input, 'L2', causal, fault) : null;
		const behaviour = measured ? readLevel(input, 'L3', causal, fault) : null;
		if (measured && !learning && !behaviour) fault('l2_instrument', 'evaluation_outcome_needed');
		const count = (field: 'n_programme' | 'n_comparison') => {
			const value = numeral(input[field]);
			if (!causal && Number.isNaN(value)) return 0;
			if (!Number.isInteger(value) || value < (causal ? 2 : 0) || value > 100_000) fault(field, 'evaluation_count_range');
			return value;
		};
		if (input.attrition === 'optimistic' && input.attrition_reason === '') fault('attrition_reason', 'evaluation_attrition_reason_needed');
		const plan: PlanInput = {
			design: input.design,
			waiverReason: causal ? null : input.waiver_reason,
			learning,
			behaviour,
			covariates: COVARIATES.filter((name) => input.covariates.includes(name)),
			expectedProgramme: count('n_programme'),
			expectedComparison: count('n_comparison'),
			attritionBoundary: input.attrition,
			attritionReason: input.attrition === 'optimistic' ? input.attrition_reason : null,
			ownerAccountId: input.owner_account_id,
			acknowledged: input.acknowledged.length > 0
		};
		return failed ? NEVER : plan;
	})
);

export const diagnosisForm = v.object({ link: v.picklist(LINKS, 'platform_choose'), note: line(2000) });
export const handoverForm = v.object({
	owner_account_id: v.pipe(v.string('platform_required'), v.uuid('platform_choose')),
	due_on: day(),
	note: optionalText(1000)
});
export const newVersionForm = v.object({ change_reason: line(2000) });
export const closingForm = v.object({ note: line(2000) });
