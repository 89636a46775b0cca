import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lessonHtml } from './server/markdown.ts';

test('what an author types cannot become markup of its own, a script or a foreign picture', () => {
	const html = lessonHtml(
		'<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](data:text/html,x) ![c](https://elsewhere.example/p.png)'
	);
	expect(html).not.toMatch(/<script|<img|javascript:|data:text|href="data/i);
	expect(html).toContain('&lt;script&gt;');
});

test('the highest heading comes right below the title of the page, and the order is kept', () => {
	expect(lessonHtml('### Tiga\n\n#### Empat')).toMatch(/<h2>Tiga<\/h2>\s*<h3>Empat<\/h3>/);
	expect(lessonHtml('# Satu\n\n## Dua')).toMatch(/<h2>Satu<\/h2>\s*<h3>Dua<\/h3>/);
	expect(lessonHtml('Tanpa judul')).toContain('<p>Tanpa judul</p>');
});

test('whatever is typed, no tag leaves but those of Markdown', () => {
	const allowed = /^(p|h[2-6]|em|strong|del|code|pre|a|ul|ol|li|blockquote|hr|br|table|thead|tbody|tr|th|td|input)$/;
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('<', '>', '](', '`', '\n\n', '# ', '> ', '<svg onload=x>'))), (parts) => {
			for (const [, name] of lessonHtml(parts.join('')).matchAll(/<\/?([a-z0-9]+)/gi)) expect(name!.toLowerCase()).toMatch(allowed);
		})
	);
});
