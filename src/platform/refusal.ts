/**
 * A refusal is an expected "no" with a code that a message translates; anything else thrown is a fault and reaches
 * the log. `field` names the form field it belongs to; `params` fill the message.
 */
export class Refusal extends Error {
	code: string;
	field: string | undefined;
	params: Record<string, string | number>;
	constructor(code: string, options: { field?: string; params?: Record<string, string | number> } = {}) {
		super(code);
		this.name = 'Refusal';
		this.code = code;
		this.field = options.field;
		this.params = options.params ?? {};
	}
}

/** A record that does not exist, or that the actor may not know of: both read as 404. */
export class NotFound extends Error {
	constructor(what = 'record') {
		super(`${what} not found`);
		this.name = 'NotFound';
	}
}
