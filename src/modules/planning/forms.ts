import * as v from 'valibot';
import { day, id, optionalText, wholeNumber } from '#platform/form-fields.ts';

export const newGoal = v.object({
	competency_id: id(),
	target_level: wholeNumber(1, 5),
	due_on: day(),
	reason: optionalText(1000),
	/** The next post it is set against; empty = the present one. */
	aim_kind: v.optional(v.picklist(['post', 'rung', ''], 'platform_choose'), ''),
	aim_ref: optionalText(100)
});

/** A returned goal needs a word that helps the officer; the rule refuses it empty. */
export const goalDecision = v.object({ note: optionalText(1000) });
