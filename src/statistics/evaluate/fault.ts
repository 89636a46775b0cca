/** A fault in a plan or a data file: where it is and how to mend it, for the person who wrote the file. */
export interface EvaluationFault {
	/** Dotted key of the plan, such as `columns.outcome`. */
	key: string;
	/** Line of the data file (the header is line 1), null when the fault is in the plan. */
	row: number | null;
	/** What is wrong and what to do, in Indonesian. */
	message: string;
}

export class EvaluationFaults extends Error {
	readonly faults: readonly EvaluationFault[];

	constructor(faults: readonly EvaluationFault[]) {
		super(faults.map(faultLine).join('\n'));
		this.name = 'EvaluationFaults';
		this.faults = faults;
	}
}

/** One line a fault: `kunci …, baris …: …`. */
export function faultLine(fault: EvaluationFault): string {
	const where = fault.row === null ? '' : `, baris ${fault.row}`;
	return `kunci ${fault.key}${where}: ${fault.message}`.replace(/\s*[\r\n]+\s*/g, ' ');
}
