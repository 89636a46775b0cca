import * as v from 'valibot';
import { day, id, line, optionalText, wholeNumber } from '#platform/form-fields.ts';
import { SOURCES } from './rules.ts';

/** The officer about himself, on one competency. */
export const selfRating = v.object({ level: wholeNumber(1, 5), note: optionalText(1000) });

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * A superior about several people on one competency, in one form: `level_<officer>` and `note_<officer>`. Who is left
 * without a level is not rated.
 */
export const teamRating = v.pipe(
	v.objectWithRest({ competency_id: id() }, v.string('platform_invalid')),
	v.transform(({ competency_id, ...rest }) => ({
		competencyId: competency_id,
		ratings: Object.entries(rest).flatMap(([name, value]) => {
			const officerId = new RegExp(`^level_(${UUID})$`).exec(name)?.[1];
			if (!officerId || !/^[1-5]$/.test(value)) return [];
			return { officerId, level: Number(value), note: (rest[`note_${officerId}`] ?? '').trim().slice(0, 1000) };
		})
	}))
);

/** A version of a standard: `level_<competency>`; empty = the rung's level counts. */
export const newStandard = v.pipe(
	v.objectWithRest({ valid_from: day(), basis: line(300) }, v.string('platform_invalid')),
	v.transform(({ valid_from, basis, ...rest }) => ({
		validFrom: valid_from,
		basis,
		levels: Object.entries(rest).flatMap(([name, value]) => {
			const competencyId = new RegExp(`^level_(${UUID})$`).exec(name)?.[1];
			return competencyId && /^[1-5]$/.test(value) ? { competencyId, level: Number(value) } : [];
		})
	}))
);

export const newValidity = v.object({
	source: v.picklist(SOURCES, 'platform_choose'),
	months: wholeNumber(1, 120),
	valid_from: day(),
	basis: line(300)
});

/** The post somebody works towards: a post by its reference, or a rung. */
export const nextPostChoice = v.object({ kind: v.picklist(['post', 'rung'], 'platform_choose'), ref: line(100) });
