import * as v from 'valibot';
import { day, decimal, id, line, optionalText, wholeNumber } from '#platform/form-fields.ts';

/** A field that may stay empty: undefined then. */
const unless = <S extends v.GenericSchema>(schema: S) =>
	v.optional(
		v.union([
			v.pipe(
				v.literal(''),
				v.transform(() => undefined)
			),
			schema
		]),
		undefined
	);

const content = {
	summary: line(2000),
	method: line(2000),
	formCode: v.pipe(v.string('platform_choose'), v.regex(/^[A-Z]{2,3}\d{2}$/, 'platform_choose')),
	programmeJp: unless(decimal(0.5, 2000)),
	days: unless(wholeNumber(1, 366)),
	international: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value === 'yes')
	)
};

export const programmeForm = v.object({ title: line(150), competencyId: id(), targetLevel: wholeNumber(1, 5), ...content });
export const versionForm = v.object(content);
export const nextVersionForm = v.object({ changeReason: line(2000) });

/** Days of the form are whole days in WIB: open from the first moment, closed after the last. */
export const classForm = v.object({
	name: line(120),
	seats: wholeNumber(1, 2000),
	place: optionalText(200),
	opensOn: day(),
	closesOn: day(),
	startsOn: day(),
	endsOn: day()
});

export const nominationForm = v.object({ officerIds: v.pipe(v.optional(v.array(id()), []), v.minLength(1, 'catalogue_choose_officer')) });
export const withdrawalForm = v.object({ officerId: id() });
export const attendanceForm = v.object({ sessionId: id(), present: v.optional(v.array(id()), []) });
