/**
 * Failures of the engine. A calculation that cannot be done says why with a code;
 * it never answers with NaN or Infinity.
 */
export type FailureCode =
	'NOT_FINITE' | 'BAD_INPUT' | 'TOO_FEW_ROWS' | 'NO_OUTCOME_VARIANCE' | 'NO_OVERLAP' | 'NOT_BALANCED' | 'NOT_CONVERGED';

export class StatisticsFailure extends Error {
	readonly code: FailureCode;
	/** Names the failure is about (covariates without overlap, for example). */
	readonly about: readonly string[];

	constructor(code: FailureCode, message: string, about: readonly string[] = []) {
		super(message);
		this.name = 'StatisticsFailure';
		this.code = code;
		this.about = about;
	}
}

/** Returns the number, or throws `NOT_FINITE`: the gate every answer passes. */
export function finite(value: number, name: string): number {
	if (!Number.isFinite(value)) throw new StatisticsFailure('NOT_FINITE', `${name} is not a finite number`, [name]);
	return value;
}

/** Throws `NOT_FINITE` when any number anywhere inside a plain value is NaN or infinite. */
export function everyNumberFinite(value: unknown, path = 'result'): void {
	if (typeof value === 'number') finite(value, path);
	else if (ArrayBuffer.isView(value)) (value as Float64Array).forEach((v, i) => finite(v, `${path}[${i}]`));
	else if (value !== null && typeof value === 'object')
		for (const [key, inner] of Object.entries(value)) everyNumberFinite(inner, `${path}.${key}`);
}
