import { expect, test } from 'vitest';
import { countFindings, headline } from './rules.ts';

test('not known yet is neither an effect nor a failure', () => {
	const counts = countFindings(
		(['EFFECTIVE', 'INCONCLUSIVE', 'NOT_ENOUGH_DATA', 'NO_CAUSAL_VERDICT', 'NO_MEANINGFUL_EFFECT', 'TOO_SMALL'] as const).map(
			(finding) => ({ finding })
		)
	);
	expect(counts).toEqual({ all: 6, effective: 1, toReview: 2, unknown: 3 });
});

test('the headline names an open review before good news, and silence where nothing was measured', () => {
	const effective = { all: 1, effective: 1, toReview: 0, unknown: 0 };
	expect(headline(effective, 1)).toBe('cases');
	expect(headline(effective, 0)).toBe('effective');
	expect(headline({ all: 2, effective: 0, toReview: 0, unknown: 2 }, 0)).toBe('unknown');
	expect(headline({ all: 0, effective: 0, toReview: 0, unknown: 0 }, 0)).toBe('nothing');
});
