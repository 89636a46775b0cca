/** Why a psychometric question has no answer; the wording for people belongs to whoever shows it. */
export type PsychometricsFaultCode =
	| 'NO_PERSONS'
	| 'NO_ITEMS'
	| 'RAGGED'
	| 'NOT_FINITE'
	| 'NOT_DICHOTOMOUS'
	| 'NO_VARIANCE'
	| 'NOT_ESTIMABLE'
	| 'BAD_ARGUMENT';

/** Thrown instead of returning NaN or Infinity. */
export class PsychometricsFault extends Error {
	readonly code: PsychometricsFaultCode;

	constructor(code: PsychometricsFaultCode, message: string) {
		super(`${code}: ${message}`);
		this.name = 'PsychometricsFault';
		this.code = code;
	}
}

/** Passes a number on, or throws: the last gate of every figure that leaves this folder. */
export function finite(value: number, what: string): number {
	if (!Number.isFinite(value)) throw new PsychometricsFault('NOT_FINITE', `${what} has no finite value`);
	return value;
}
