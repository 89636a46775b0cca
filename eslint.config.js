import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', '.data*/', 'src/paraglide/', '**/fixtures/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: {
			// the type checker knows what exists
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }]
		}
	},
	{ files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
		rules: {
			// addresses are Indonesian words at the root of the site: there is no base path to resolve
			'svelte/no-navigation-without-resolve': 'off',
			// {' '} keeps the space between two texts of a drawing, which screen readers need
			'svelte/no-useless-mustaches': 'off'
		}
	}
);
