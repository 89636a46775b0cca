import * as v from 'valibot';
import { day, id, line, optionalText, wholeNumber } from '#platform/form-fields.ts';
import { LONGEST_DAYS, MOST_TOPICS, SHORTEST_DAYS } from '#modules/surveys/index.ts';
import { SOURCES, type Source } from './rules.ts';

/** The officer about himself, on one competency. */
export const selfRating = v.object({ level: wholeNumber(1, 5), note: optionalText(1000) });

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const LEVEL_OF = new RegExp(`^level_(${UUID})$`);
const NOTE_ABOUT = new RegExp(`^note_(${UUID})$`);
const isLevel = (value: string | undefined): boolean => /^[1-5]$/.test(value ?? '');

/** Of fields `level_<id>`, those with a level. */
const levelsIn = (form: Record<string, string>): { id: string; level: number }[] =>
	Object.entries(form).flatMap(([name, value]) => {
		const id = LEVEL_OF.exec(name)?.[1];
		return id && isLevel(value) ? [{ id, level: Number(value) }] : [];
	});

/**
 * A superior about several people on one competency, in one form: `level_<officer>` and `note_<officer>`. Who is left
 * without a level is not rated; a note alone would be lost, and is refused.
 */
export const teamRating = v.pipe(
	v.objectWithRest({ competency_id: id() }, v.string('platform_invalid')),
	v.rawCheck(({ dataset, addIssue }) => {
		if (!dataset.typed) return;
		const input: Record<string, string> = dataset.value;
		for (const [key, value] of Object.entries(input)) {
			const officerId = NOTE_ABOUT.exec(key)?.[1];
			if (officerId && value.trim() !== '' && !isLevel(input[`level_${officerId}`]))
				addIssue({ message: 'competency_note_needs_level', path: [{ type: 'object', origin: 'value', input, key, value }] });
		}
	}),
	v.transform(({ competency_id, ...rest }) => ({
		competencyId: competency_id,
		ratings: levelsIn(rest).map(({ id, level }) => ({ officerId: id, level, note: (rest[`note_${id}`] ?? '').trim().slice(0, 1000) }))
	}))
);

/** A version of a standard: `level_<competency>`; empty = the rung's level counts. */
export const newStandard = v.pipe(
	v.objectWithRest({ valid_from: day(), basis: line(300) }, v.string('platform_invalid')),
	v.transform(({ valid_from, basis, ...rest }) => ({
		validFrom: valid_from,
		basis,
		levels: levelsIn(rest).map(({ id, level }) => ({ competencyId: id, level }))
	}))
);

export const newValidity = v.object({
	source: v.picklist(SOURCES, 'platform_choose'),
	months: wholeNumber(1, 120),
	valid_from: day(),
	basis: line(300)
});

/** Any scale: only the proportions count. Two decimals, with a comma or a point. */
const weight = v.pipe(
	v.string('platform_required'),
	v.trim(),
	v.regex(/^\d{1,6}([.,]\d{1,2})?$/, 'competency_weight_number'),
	v.transform((value) => Number(value.replace(',', '.'))),
	v.gtValue(0, 'competency_weight_number')
);

/** A weight for each source, all at once. */
export const newSourceWeights = v.pipe(
	v.object({
		weight_assessment_centre: weight,
		weight_test: weight,
		weight_superior: weight,
		weight_peer: weight,
		weight_subordinate: weight,
		weight_self: weight,
		valid_from: day(),
		basis: line(300)
	}),
	v.transform(({ valid_from, basis, ...form }) => ({
		validFrom: valid_from,
		basis,
		weights: Object.fromEntries(SOURCES.map((source) => [source, form[`weight_${source}`]])) as Record<Source, number>
	}))
);

const ids = v.optional(v.array(v.pipe(v.string(), v.uuid('platform_choose'))), []);
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** A new 360° round: the unit, who is rated, on which competencies, from when to when. */
export const feedbackRoundForm = v.pipe(
	v.object({
		title: line(120),
		unit_id: id(),
		officers: v.pipe(ids, v.minLength(1, 'competency_feedback_nobody')),
		competencies: v.pipe(
			ids,
			v.minLength(1, 'competency_feedback_no_competency'),
			v.maxLength(MOST_TOPICS, 'competency_feedback_many_competencies')
		),
		opens_on: day(),
		due_on: day()
	}),
	v.forward(
		v.check(({ opens_on, due_on }) => daysBetween(opens_on, due_on) >= SHORTEST_DAYS, 'competency_feedback_too_short'),
		['due_on']
	),
	v.forward(
		v.check(({ opens_on, due_on }) => daysBetween(opens_on, due_on) <= LONGEST_DAYS, 'competency_feedback_too_long'),
		['due_on']
	),
	v.transform((form) => ({
		title: form.title,
		unitId: form.unit_id,
		officerIds: form.officers,
		competencyIds: form.competencies,
		opensOn: form.opens_on,
		dueOn: form.due_on
	}))
);
export type FeedbackRoundInput = v.InferOutput<typeof feedbackRoundForm>;

/** Who rates one person, or that the person is left out. */
export const feedbackRatersForm = v.pipe(
	v.object({ peers: ids, subordinates: ids, leave_out: v.optional(v.string(), '') }),
	v.transform((form) => ({ peers: form.peers, subordinates: form.subordinates, leaveOut: form.leave_out !== '' }))
);
/** The results of a round have been read. */
export const feedbackReadForm = v.object({ round: id() });
/** What the page that asks once more sends. */
export const discardFeedbackForm = v.object({ confirm: v.literal('ya', 'platform_invalid') });
/** The post somebody works towards: a post by its reference, or a rung. */
export const nextPostChoice = v.object({ kind: v.picklist(['post', 'rung'], 'platform_choose'), ref: line(100) });
