import * as v from 'valibot';
import { id, line, optionalText, wholeNumber } from '#platform/form-fields.ts';

export const newTest = v.object({ title: line(), competency_id: id(), target_level: wholeNumber(1, 5) });

/** How many option fields the form shows; empty ones are left out. */
export const OPTION_FIELDS = 5;

const options = v.pipe(v.array(v.pipe(v.string(), v.trim(), v.maxLength(500, 'platform_too_long'))), v.maxLength(OPTION_FIELDS));

/** `correct` holds places (0, 1, …) among the option fields. */
export const questionForm = v.pipe(
	v.object({
		stem: line(2000),
		option: options,
		correct: v.optional(v.array(v.pipe(v.string(), v.regex(/^\d$/), v.transform(Number))), []),
		explanation: optionalText(2000)
	}),
	v.forward(
		v.partialCheck([['option']], (form) => form.option.filter(Boolean).length >= 2, 'assessment_two_options'),
		['option']
	),
	v.forward(
		v.partialCheck([['option'], ['correct']], (form) => form.correct.some((place) => form.option[place]), 'assessment_one_correct'),
		['correct']
	),
	v.forward(
		v.partialCheck(
			[['option']],
			(form) => new Set(form.option.filter(Boolean)).size === form.option.filter(Boolean).length,
			'assessment_same_options'
		),
		['option']
	)
);
export type QuestionForm = v.InferOutput<typeof questionForm>;
