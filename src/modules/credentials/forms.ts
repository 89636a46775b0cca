import * as v from 'valibot';
import { line } from '#platform/form-fields.ts';

export const revocationForm = v.object({ reason: line(1000) });
export const checkForm = v.object({ code: line(60) });
