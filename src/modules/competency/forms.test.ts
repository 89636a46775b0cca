import * as v from 'valibot';
import { expect, test } from 'vitest';
import { teamRating } from './forms.ts';

const [competency, ratna, budi] = ['1', '2', '3'].map((digit) => `01930000-0000-7000-8000-00000000000${digit}`);

test('a form about several people: who has a level is rated, who has none is not, and a note alone is refused at its field', () => {
	const form = {
		competency_id: competency,
		[`level_${ratna}`]: '3',
		[`note_${ratna}`]: ' Tenang. ',
		[`level_${budi}`]: '',
		[`note_${budi}`]: ' '
	};
	expect(v.parse(teamRating, form)).toEqual({ competencyId: competency, ratings: [{ officerId: ratna, level: 3, note: 'Tenang.' }] });
	for (const alone of [{ [`level_${budi}`]: '' }, { [`level_${budi}`]: '6' }]) {
		const { issues } = v.safeParse(teamRating, { ...form, ...alone, [`note_${budi}`]: 'Sering terlambat.' });
		expect(issues?.map((issue) => [v.getDotPath(issue), issue.message])).toEqual([[`note_${budi}`, 'competency_note_needs_level']]);
	}
	expect(v.safeParse(teamRating, { competency_id: 'x' }).success).toBe(false);
});
