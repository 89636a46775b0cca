import type { QuestionForm } from '../forms.ts';

/** What an author typed as what is stored: empty options are left out, places become right or wrong. */
export const questionInput = (form: QuestionForm) => ({
	stem: form.stem,
	explanation: form.explanation,
	options: form.option.map((text, place) => ({ text, correct: form.correct.includes(place) })).filter((option) => option.text)
});
