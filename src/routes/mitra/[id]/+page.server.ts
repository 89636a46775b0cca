import { agreementsOf, backingsOf, mayKeep, mayOffer, offersOf, organisation } from '#modules/partners/server/index.ts';

export const load = async ({ locals, params }) => ({
	organisation: await organisation(locals.db, locals.actor, params.id),
	agreements: await agreementsOf(locals.db, locals.actor, params.id),
	offers: await offersOf(locals.db, locals.actor, params.id),
	backings: await backingsOf(locals.db, locals.actor, params.id),
	keeps: mayKeep(locals.actor),
	offersMay: mayOffer(locals.actor, params.id)
});
