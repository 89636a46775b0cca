import { ownCourse } from '#modules/learning/server/index.ts';

export const load = ({ locals, params }) => ownCourse(locals.db, locals.actor, params.enrolmentId);

/** Nothing here needs script: on a slow line the words come first, and nothing after them. */
export const csr = false;
