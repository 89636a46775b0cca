import * as v from 'valibot';
import { line, wholeNumber } from '#platform/form-fields.ts';

export const lessonForm = v.object({
	title: line(),
	minutes: wholeNumber(1, 60),
	body_markdown: v.pipe(v.string('platform_required'), v.trim(), v.nonEmpty('platform_required'), v.maxLength(40_000, 'platform_too_long'))
});
