import { writeFileSync } from 'node:fs';
import { completePlan, evaluate, EvaluationFaults, faultLine } from '#statistics';
import type { EvaluationPlan } from '#statistics';
import { effectCard } from './evaluate-card.ts';
import { FileFault, readJson, readTable } from './statistics.ts';

const usage = 'Pemakaian: siginjai evaluate RENCANA.json DATA.csv --json [--html BERKAS]';

/**
 * `siginjai evaluate`: one outcome of one programme, from a plan and a data file, without a database. Prints one JSON
 * object and returns 0; a bad plan or file prints one line a fault to standard error and returns 2.
 */
export async function run(args: string[]): Promise<number> {
	try {
		const { plan, data, html } = readArguments(args);
		const agreed = readJson(plan) as EvaluationPlan;
		const result = evaluate(agreed, readTable(data).rows);
		if (html !== null) save(html, effectCard(completePlan(agreed), result));
		console.log(JSON.stringify(result, null, 1));
		return 0;
	} catch (fault) {
		if (fault instanceof EvaluationFaults) for (const one of fault.faults) console.error(faultLine(one));
		else if (fault instanceof FileFault) console.error(fault.message);
		else throw fault;
		return 2;
	}
}

function readArguments(args: string[]): { plan: string; data: string; html: string | null } {
	const files: string[] = [];
	let html: string | null = null;
	for (let at = 0; at < args.length; at++) {
		const argument = args[at]!;
		if (argument === '--json') continue;
		if (argument === '--html') {
			const value = args[++at];
			if (value === undefined || value.startsWith('--')) throw new FileFault(`--html perlu nama berkas di belakangnya; ${usage}`);
			html = value;
		} else if (argument.startsWith('--')) throw new FileFault(`pilihan "${argument}" tidak dikenal; ${usage}`);
		else files.push(argument);
	}
	if (files.length !== 2) throw new FileFault(`sebut tepat satu rencana dan satu berkas data; ${usage}`);
	return { plan: files[0]!, data: files[1]!, html };
}

function save(file: string, text: string): void {
	try {
		writeFileSync(file, text);
	} catch {
		throw new FileFault(`${file}: tidak dapat ditulis; periksa foldernya`);
	}
}
