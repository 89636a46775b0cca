import * as v from 'valibot';
import { line, optionalText } from '#platform/form-fields.ts';
import { FEWEST_ITEMS, linesOf, MOST_ITEMS } from './rules.ts';

/** A new questionnaire: behaviours one a line, in Indonesian and, line by line, in English. */
export const questionnaireForm = v.pipe(
	v.object({
		title_id: line(160),
		title_en: optionalText(160),
		items_id: v.pipe(
			v.string('platform_required'),
			v.transform(linesOf),
			v.minLength(FEWEST_ITEMS, 'surveys_too_few_items'),
			v.maxLength(MOST_ITEMS, 'surveys_too_many_items'),
			v.check((lines) => lines.every((text) => text.length <= 300), 'surveys_item_too_long')
		),
		items_en: v.pipe(optionalText(8000), v.transform(linesOf)),
		supersedes_id: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.uuid('platform_choose'))]), '')
	}),
	v.forward(
		v.check(({ items_id, items_en }) => items_en.length === 0 || items_en.length === items_id.length, 'surveys_lines_differ'),
		['items_en']
	)
);

export type QuestionnaireInput = v.InferOutput<typeof questionnaireForm>;

/** What a rater typed about one assignment. */
export interface SubjectRating {
	assignmentId: string;
	/** Value by item id; items not answered are absent. */
	values: Record<string, number>;
	cannotRate: boolean;
	reason: string;
}

/** The rating form as it is posted: `v.<assignment>.<item>`, `x.<assignment>` and `r.<assignment>`. */
export const ratingsForm = v.pipe(
	v.record(v.string(), v.string()),
	v.transform((fields): { final: boolean; ratings: SubjectRating[] } => {
		const ratings = new Map<string, SubjectRating>();
		const of = (assignmentId: string) => {
			const known = ratings.get(assignmentId) ?? { assignmentId, values: {}, cannotRate: false, reason: '' };
			ratings.set(assignmentId, known);
			return known;
		};
		for (const [name, value] of Object.entries(fields)) {
			const [kind, assignmentId, itemId] = name.split('.');
			if (!assignmentId) continue;
			if (kind === 'v' && itemId && value !== '') of(assignmentId).values[itemId] = Number(value);
			if (kind === 'x') of(assignmentId).cannotRate = true;
			if (kind === 'r') of(assignmentId).reason = value.trim().slice(0, 500);
		}
		return { final: fields.intent !== 'save', ratings: [...ratings.values()] };
	})
);

export type RatingsInput = v.InferOutput<typeof ratingsForm>;

/** What a rater chose in a 360° form. */
export interface FeedbackInput {
	/** False: keep it for now. */
	final: boolean;
	/** Level by topic; null = does not know enough. */
	answers: Record<string, number | null>;
}

/** The form of a 360° round as it is posted: `a.<topic>` = 1–5 or `unknown`. */
export const feedbackForm = v.pipe(
	v.record(v.string(), v.string()),
	v.transform((fields): FeedbackInput => {
		const answers: FeedbackInput['answers'] = {};
		for (const [name, value] of Object.entries(fields)) {
			const ref = /^a\.([0-9a-f-]{36})$/.exec(name)?.[1];
			if (ref && value === 'unknown') answers[ref] = null;
			if (ref && /^[1-5]$/.test(value)) answers[ref] = Number(value);
		}
		return { final: fields.intent !== 'save', answers };
	})
);
