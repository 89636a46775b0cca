import { sql, type RawBuilder } from 'kysely';
import { hasRole, type Actor } from '#platform/actor.ts';

/** Records agreements, decides on offers, puts an offer behind a class. */
export const mayKeep = (actor: Actor): boolean => hasRole(actor, 'administrator', 'programme_manager');

const ownOrganisations = (actor: Actor): string[] =>
	actor.grants.filter((grant) => grant.role === 'partner' && grant.organisationId).map((grant) => grant.organisationId!);

const mayReadAll = (actor: Actor): boolean => mayKeep(actor) || hasRole(actor, 'leadership', 'training_officer');

export const mayRead = (actor: Actor, organisationId: string): boolean =>
	mayReadAll(actor) || ownOrganisations(actor).includes(organisationId);

/** A partner makes offers for its own organisation, the office records those that came on paper. */
export const mayOffer = (actor: Actor, organisationId: string): boolean =>
	mayKeep(actor) || ownOrganisations(actor).includes(organisationId);

/** Rows of `people.organisations o` that the actor may read. */
export function readable(actor: Actor): RawBuilder<boolean> {
	if (mayReadAll(actor)) return sql<boolean>`true`;
	return sql<boolean>`o.id = any(${ownOrganisations(actor)}::uuid[])`;
}
