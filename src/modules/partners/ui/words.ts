import * as m from '#paraglide/messages.js';

const ORGANISATIONS: Record<string, () => string> = { university: m.partners_university, company: m.partners_company, ngo: m.partners_ngo };
const AGREEMENTS: Record<string, () => string> = { pks: m.partners_pks, kesepakatan_bersama: m.partners_mou, hibah: m.partners_grant };
const STATES: Record<string, () => string> = { offered: m.partners_offered, accepted: m.partners_accepted, declined: m.partners_declined };

export const organisationKind = (kind: string): string => ORGANISATIONS[kind]?.() ?? kind;
export const agreementKind = (kind: string): string => AGREEMENTS[kind]?.() ?? kind;
export const offerState = (state: string): string => STATES[state]?.() ?? state;
