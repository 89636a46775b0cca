/** What processes used, from /proc (Linux). */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Clock ticks of 10 ms. */
const TICK = 0.01;

/** Seconds of processor time of a PostgreSQL: its postmaster, the children alive, and those that ended. */
export function databaseSeconds(folder: string): number {
	const postmaster = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
	let ticks = 0;
	for (const pid of [postmaster, ...childrenOf(postmaster)]) {
		const fields = fieldsOf(pid);
		if (!fields) continue;
		ticks += Number(fields[11]) + Number(fields[12]);
		if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14]);
	}
	return ticks * TICK;
}

function childrenOf(parent: number): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => Number(fieldsOf(pid)?.[1]) === parent);
}

/** Fields of /proc/PID/stat from the state on; undefined when the process has ended. */
function fieldsOf(pid: number): string[] | undefined {
	try {
		return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
	} catch {
		return undefined;
	}
}

/** Seconds of processor time of the app on that data folder so far. */
export const appSeconds = (data: string): number =>
	processesOn(data).reduce((sum, pid) => {
		const fields = fieldsOf(pid);
		return fields ? sum + (Number(fields[11]) + Number(fields[12])) * TICK : sum;
	}, 0);

/** Memory of the app on that data folder, in MiB; pages shared with others count in part (proportional set size). */
export const appMebibytes = (data: string): number => mebibytes(processesOn(data));

/** The same of a PostgreSQL and its children. */
export function databaseMebibytes(folder: string): number {
	const postmaster = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
	return mebibytes([postmaster, ...childrenOf(postmaster)]);
}

const mebibytes = (pids: number[]): number =>
	pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024, 0);

/** Those that were started with SIGINJAI_DATA; the database is none of them. */
function processesOn(data: string): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && textOf(`/proc/${name}/environ`).split('\0').includes(`SIGINJAI_DATA=${data}`))
		.filter((name) => textOf(`/proc/${name}/cmdline`).includes('tasks.ts'))
		.map(Number);
}

function textOf(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return ''; // ended while we looked, or not ours to see
	}
}
