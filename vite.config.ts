import adapter from '@sveltejs/adapter-node';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { paraglideOptions } from './src/platform/i18n/paraglide.options.ts';
import { keptPluralRules } from './src/platform/i18n/plural-rules-plugin.ts';
import { routePolicies } from './src/app/route-policies-plugin.ts';

export default defineConfig({
	plugins: [
		routePolicies(),
		paraglideVitePlugin(paraglideOptions),
		keptPluralRules(),
		sveltekit({
			adapter: adapter({ precompress: true }),
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					'style-src-attr': ['unsafe-inline'],
					'img-src': ['self', 'data:', 'blob:'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'frame-ancestors': ['none'],
					'form-action': ['self']
				}
			}
		})
	],
	// phones of our learners: Lightning CSS lowers light-dark(), oklch() and nesting for them
	build: { cssMinify: 'lightningcss', cssTarget: ['chrome87', 'firefox91', 'safari14'] },
	environments: { client: { build: { target: ['chrome87', 'firefox91', 'safari14'] } } },
	server: { fs: { strict: true } }
});
