import { hasRole, type Actor } from '#platform/actor.ts';

export const mayAuthor = (actor: Actor): boolean => hasRole(actor, 'trainer', 'programme_manager');

/** Only who holds the seat learns; the seat is given back when withdrawn. */
export const mayLearn = (actor: Actor, enrolment: { officer_id: string; withdrawn_at: Date | null }): boolean =>
	actor.officerId !== null && actor.officerId === enrolment.officer_id && enrolment.withdrawn_at === null;
