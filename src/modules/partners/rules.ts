/** Decisions about agreements and offers, as pure functions. */

/** A partner sees a count of people only from here up. */
export const SMALLEST_SHOWN = 5;

export interface AgreementDays {
	signed_on: string;
	valid_until: string;
}

/** True when the agreement is in force on every day from `from` to `to` (yyyy-mm-dd). */
export const coversDays = (agreement: AgreementDays, from: string, to: string): boolean =>
	agreement.signed_on <= from && to <= agreement.valid_until;

export type OfferState = 'offered' | 'accepted' | 'declined';

/** Why an offer may not stand behind a class; undefined when it may. */
export function backingObstacle(
	offer: { state: OfferState; agreement: AgreementDays | null; seatsLeft: number },
	held: { starts_on: string; ends_on: string },
	seats: number
):
	| 'partners_refusal_not_accepted'
	| 'partners_refusal_no_agreement'
	| 'partners_refusal_agreement_days'
	| 'partners_refusal_seats'
	| undefined {
	if (offer.state !== 'accepted') return 'partners_refusal_not_accepted';
	if (!offer.agreement) return 'partners_refusal_no_agreement';
	if (!coversDays(offer.agreement, held.starts_on, held.ends_on)) return 'partners_refusal_agreement_days';
	if (seats > offer.seatsLeft) return 'partners_refusal_seats';
	return undefined;
}
