/** A delimited file as text: every cell a string, an empty one a missing value. */
export interface Table {
	columns: string[];
	rows: Record<string, string>[];
}
