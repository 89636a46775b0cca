import { ownCourse } from '#modules/learning/server/index.ts';

export const load = ({ locals, params }) => ownCourse(locals.db, locals.actor, params.enrolmentId);
