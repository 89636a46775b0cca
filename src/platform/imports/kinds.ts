/**
 * What a module supplies to bring in a sheet: columns, how a row reads, how it compares with what is known, and the
 * set-based writing and undoing. Files, progress, staleness, paging and the undo limit are the machinery's.
 */
import type { RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../database/connection.ts';

export interface ImportColumn {
	/** The name of the national system, as it stands in faults. */
	name: string;
	required?: boolean;
	/** Other headings that mean the same; case, spaces and underscores do not matter. */
	aliases?: string[];
}

export interface Fault {
	code: string;
	/** Null when the row as a whole is meant. */
	column: string | null;
	outcome: 'refused' | 'warned';
	params?: Record<string, string | number>;
}

export interface Change {
	column: string;
	before: string | null;
	after: string | null;
}

/** One row under rehearsal. `read` fills faults, key, label and data; `compare` the rest. */
export interface RehearsedRow {
	row: number;
	line: number;
	outcome: 'new' | 'changed' | 'unchanged' | 'refused' | 'skipped';
	key: string | null;
	label: string | null;
	faults: Fault[];
	changes: Change[];
	data: Record<string, unknown> | null;
	targetId: string | null;
	/** Whom or what the row is about, where the kind has a scope. */
	subjectId: string | null;
}

/** Cleaned cells by column name; `null` is nothing. Columns that are not in the file are null too. */
export type Cells = Record<string, string | null>;

export interface Rehearsal {
	/** Judges one row by itself and by the rows before it. */
	read(cells: Cells, row: RehearsedRow): void;
	/** Compares rows that stand with what is known: sets outcome, changes and target. */
	compare(db: Db, rows: RehearsedRow[]): Promise<void>;
	/** Once the whole file was seen: late refusals and rows for what is known and absent. `nextRow` numbers them. */
	finish(db: Db, importId: string, nextRow: number): Promise<void>;
}

/** Whose rows somebody may bring in. A row about anybody else reads as a row about somebody unknown. */
export interface ImportScope {
	/** May bring in sheets of this kind at all. */
	admits(actor: Actor): boolean;
	/** A query of the `subjectId`s within the actor's reach. */
	subjects(actor: Actor): RawBuilder<unknown>;
}

export interface ImportKind {
	/** `people.units`; also the key of its messages. */
	kind: string;
	columns: ImportColumn[];
	/** Beside the label of a row that stands: what tells two of one name apart, such as the unit above. */
	about?(data: Record<string, unknown>): string | null;
	/** Absent: what concerns the whole installation, for administrators. */
	scope?: ImportScope;
	/** @param actor who brought the file in, with what they may today */
	begin(db: Db, at: Date, actor: Actor): Promise<Rehearsal>;
	/** Set-based, in the one transaction of the apply; keeps `before` images for undo. */
	apply(db: Db, actor: Actor, at: Date, importId: string, effectiveOn: string): Promise<void>;
	/** Undoes what may be undone and marks the rows that were used since; `false` when nothing was undone. */
	undo(db: Db, actor: Actor, at: Date, importId: string): Promise<void>;
}

export interface ImportCounts {
	rows: number;
	new: number;
	changed: number;
	unchanged: number;
	refused: number;
	warned: number;
	skipped: number;
	absent: number;
	/** Rows read so far and, where it can be known, in all. */
	read?: number;
	expected?: number;
}

/** The file as a whole cannot be read. */
export class UnreadableFile extends Error {
	code: string;
	params: Record<string, string | number>;
	constructor(code: string, params: Record<string, string | number> = {}) {
		super(code);
		this.name = 'UnreadableFile';
		this.code = code;
		this.params = params;
	}
}
