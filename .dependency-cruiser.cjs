/** Order of modules and their doors. A module imports only modules earlier in this line. */
const order = [
	'people',
	'records',
	'performance',
	'surveys',
	'competency',
	'service',
	'assessment',
	'catalogue',
	'learning',
	'credentials',
	'evaluation',
	'planning',
	'partners',
	'monitoring',
	'integrations'
];

const later = order.map((module, index) => ({
	name: `${module}-imports-earlier-only`,
	severity: 'error',
	comment: `${module} may import only modules before it; news travels upward as requirement, completion or event`,
	from: { path: `^src/modules/${module}/` },
	to: { path: `^src/modules/(${order.slice(index + 1).join('|') || 'none'})/` }
}));

/** A module is entered through its doors only; `forms.ts` says what its forms send, `testing.ts` is the door of tests. */
const doors = order.map((module) => ({
	name: `${module}-through-its-doors`,
	severity: 'error',
	from: { path: '^src/|^demo/', pathNot: `^src/modules/${module}/` },
	to: {
		path: `^src/modules/${module}/`,
		pathNot: `^src/modules/${module}/(index\\.ts|forms\\.ts|ui/index\\.ts|server/index\\.ts|testing\\.ts)$`
	}
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...later,
		...doors,
		{ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'platform-knows-no-domain',
			severity: 'error',
			from: { path: '^src/(platform|statistics)/', pathNot: '\\.test\\.ts$' },
			to: { path: '^src/(modules|routes|app)/' }
		},
		{
			name: 'ui-knows-no-domain',
			severity: 'error',
			from: { path: '^src/ui/', pathNot: '\\.test\\.ts$' },
			to: { path: '^src/(modules|routes|app|platform/database)/' }
		},
		{
			name: 'modules-know-no-framework',
			severity: 'error',
			from: { path: '^src/modules/', pathNot: '\\.svelte$|\\.test\\.ts$' },
			to: { path: '^(\\$app|src/routes|src/app/)', pathNot: '\\.test\\.ts$' }
		},
		{ name: 'no-server-code-in-components', severity: 'error', from: { path: '\\.svelte$' }, to: { path: '/server/' } },
		{
			name: 'not-to-dev-dependency',
			severity: 'error',
			from: { path: '^src', pathNot: '\\.test\\.ts$|^src/cli|/testing\\.ts$' },
			to: { dependencyTypes: ['npm-dev'] }
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^src/paraglide|\\$types|/build/' },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			extensions: ['.ts', '.svelte', '.js'],
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'svelte', 'default']
		},
		tsConfig: { fileName: 'tsconfig.json' }
	}
};
