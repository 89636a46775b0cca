import { analyseTest, type TestAnalysis, type TestWarning } from '#statistics';
import { InputFaults, readItemsInput, type ItemsFiles, type ItemsInput } from './items-input.ts';

const usage = 'Pemakaian: siginjai items JAWABAN.csv [--key KUNCI.csv] [--group KOLOM [--focal NILAI]] --json';

/** A wrong separator can make every cell a fault; nobody reads more than this. */
const mostFaults = 100;

/**
 * `siginjai items`: analysis of one test from a file, without a database. Prints one JSON object and returns 0; a bad
 * file or a bad argument prints one line per fault to standard error and returns 2.
 */
export async function run(args: string[]): Promise<number> {
	try {
		const files = readArguments(args);
		const input = readItemsInput(files);
		console.log(JSON.stringify(report(input, analyseTest(input.answers), files), null, 2));
		return 0;
	} catch (error) {
		if (!(error instanceof InputFaults)) throw error;
		for (const fault of error.faults.slice(0, mostFaults)) console.error(fault);
		if (error.faults.length > mostFaults)
			console.error(`... dan ${error.faults.length - mostFaults} kesalahan lain. Betulkan yang di atas lebih dahulu.`);
		return 2;
	}
}

function readArguments(args: string[]): ItemsFiles {
	const files: ItemsFiles = { responses: '', key: null, group: null, focal: null };
	const options: Record<string, 'key' | 'group' | 'focal'> = { '--key': 'key', '--group': 'group', '--focal': 'focal' };
	for (let at = 0; at < args.length; at++) {
		const argument = args[at]!;
		const option = options[argument];
		if (argument === '--json') continue;
		if (option) {
			const value = args[++at];
			if (value === undefined || value.startsWith('--')) throw new InputFaults([`${argument} perlu nilai di belakangnya. ${usage}`]);
			files[option] = value;
		} else if (argument.startsWith('--')) throw new InputFaults([`Pilihan "${argument}" tidak dikenal. ${usage}`]);
		else if (files.responses === '') files.responses = argument;
		else throw new InputFaults([`"${argument}" berlebih: hanya satu berkas jawaban. ${usage}`]);
	}
	if (files.responses === '') throw new InputFaults([`Berkas jawaban belum disebut. ${usage}`]);
	if (files.focal !== null && files.group === null) throw new InputFaults([`--focal perlu --group. ${usage}`]);
	return files;
}

/** One flat object: the figures item by item, then the test as a whole. What the number of persons forbids is null. */
function report(input: ItemsInput, analysis: TestAnalysis, files: ItemsFiles) {
	const { answers } = input;
	const { items, distractors, reliability, rasch, twoPl, groups } = analysis;
	const name = (item: number) => answers.items[item]!;
	const label = analysis.provisional ? 'sementara' : null;
	const excluded = (list: { item: number; reason: string }[]) => list.map((one) => ({ item: name(one.item), reason: one.reason }));
	return {
		n: analysis.persons,
		rows: input.rows,
		emptyRows: input.emptyRows,
		incompleteRows: input.incompleteRows,
		ignoredColumns: input.ignoredColumns,
		label,
		items: answers.items.map((item, at) => ({
			item,
			...(items ? { ...items[at]!, flags: flagsOf(analysis, at) } : noStatistics),
			alphaIfDropped: reliability?.alphaIfDropped[at] ?? null,
			label: items ? label : null,
			key: answers.choices?.key[at] ?? null,
			omitted: distractors?.[at]!.omitted ?? null,
			distractors: distractors?.[at]!.options ?? null
		})),
		total: analysis.total,
		reliability: reliability && {
			alpha: reliability.alpha,
			alphaCi95: reliability.alphaCi95,
			alphaStandardised: reliability.alphaStandardised,
			omegaTotal: reliability.omegaTotal,
			sem: reliability.sem,
			/** Totals nearer than this to the pass mark cannot be told from it. */
			passMarkMargin: reliability.sem === null ? null : 1.96 * reliability.sem,
			use: reliability.use,
			checkKeying: reliability.checkKeying.map(name)
		},
		rasch: rasch && {
			n: rasch.persons,
			extremePersons: rasch.extremePersons,
			conditionalLogLikelihood: rasch.conditionalLogLikelihood,
			items: answers.items.map((item, at) => ({
				item,
				b: rasch.difficulty[at]!,
				se: rasch.standardError[at]!,
				...rasch.fit[at]!
			})),
			excluded: excluded(rasch.excluded)
		},
		twoPl: twoPl && {
			n: twoPl.persons,
			logLik: twoPl.logLikelihood,
			converged: twoPl.converged,
			items: answers.items.map((item, at) => ({
				item,
				a: twoPl.a[at]!,
				d: twoPl.d[at]!,
				b: twoPl.b[at]!,
				seA: twoPl.standardErrors?.a[at] ?? null,
				seD: twoPl.standardErrors?.d[at] ?? null
			})),
			atBound: twoPl.atBound.map(name),
			excluded: excluded(twoPl.excluded)
		},
		dif: groups && {
			group: files.group,
			comparisons: groups.map((one) => ({
				...one,
				items: one.items && one.items.map((found, at) => ({ item: name(at), ...found }))
			}))
		},
		warnings: analysis.warnings.map((warning) => warning.code),
		notes: [...notesOnRows(input), ...analysis.warnings.map((warning) => sentences[warning.code](warning.items.map(name).join(', ')))]
	};
}

const noStatistics = { difficulty: null, pointBiserial: null, itemRest: null, upperLower: null, flags: [] };

/** The item's own flags, with those that other parts of the analysis found. */
function flagsOf(analysis: TestAnalysis, at: number): string[] {
	const flags: string[] = [...analysis.items![at]!.flags];
	if (analysis.rasch?.fit[at]!.misfit) flags.push('MISFIT');
	if (analysis.groups?.some((one) => one.items?.[at]!.etsClass === 'C')) flags.push('DIF_CLASS_C');
	return flags;
}

function notesOnRows({ emptyRows, incompleteRows, ignoredColumns }: ItemsInput): string[] {
	const notes: string[] = [];
	if (emptyRows > 0) notes.push(`${emptyRows} baris tanpa satu jawaban pun tidak dihitung.`);
	if (incompleteRows > 0)
		notes.push(`${incompleteRows} baris dengan sel kosong tidak dihitung. Isi 0 bila butir yang tidak dijawab berarti salah.`);
	if (ignoredColumns.length > 0) notes.push(`Kolom yang tidak dibaca sebagai butir: ${ignoredColumns.join(', ')}.`);
	return notes;
}

const sentences: Record<TestWarning, (items: string) => string> = {
	TOO_FEW_FOR_ITEM_STATISTICS: () => 'Peserta kurang dari 30: statistik butir tidak ditampilkan karena belum dapat dipercaya.',
	PROVISIONAL: () => 'Peserta kurang dari 100: statistik butir masih sementara.',
	TOO_FEW_FOR_RASCH: () => 'Peserta kurang dari 100: model Rasch tidak dihitung.',
	TOO_FEW_FOR_2PL: () => 'Peserta kurang dari 250: model 2PL tidak dihitung.',
	TOO_FEW_FOR_DIF: () => 'Ada kelompok dengan kurang dari 100 peserta: keadilan butir antarkelompok tidak dihitung untuk kelompok itu.',
	LOW_RELIABILITY: () => 'Reliabilitas di bawah 0,70: jangan dipakai untuk umpan balik atau keputusan perorangan.',
	CEILING_EFFECT: () => 'Lebih dari 15% peserta mencapai nilai tertinggi: tes terlalu mudah untuk menunjukkan kemajuan.',
	CHECK_KEY: (items) => `Periksa kunci: peserta yang lebih mampu justru lebih sering salah pada ${items}.`,
	CHECK_KEYING: (items) => `Periksa arah penilaian: reliabilitas melonjak bila ${items} dibalik.`,
	ITEM_WITHOUT_VARIANCE: (items) => `Semua peserta sama-sama benar atau sama-sama salah pada ${items}: butir itu tidak masuk model.`,
	RASCH_NOT_ESTIMABLE: () => 'Model Rasch tidak dapat dihitung dari jawaban ini: butirnya tidak saling terhubung.',
	RASCH_MISFIT: (items) => `Butir tidak cocok dengan model Rasch (infit atau outfit di luar 0,7 sampai 1,3): ${items}.`,
	TWO_PL_NOT_RELIABLE: (items) => `Hasil model 2PL jangan dipakai${items ? ` untuk ${items}` : ''}: perhitungannya tidak menetap.`,
	DIF_CLASS_C: (items) => `Butir berbeda antarkelompok (kelas C) dan sebaiknya tidak ikut dinilai sampai ditelaah: ${items}.`
};
