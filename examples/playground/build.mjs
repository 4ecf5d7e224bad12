// Bundles the page into one file, which needs no server: `node examples/playground/build.mjs playground.html`, in a clone after `npm ci`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const [out = 'playground.html'] = process.argv.slice(2);
const bundle = await rolldown({
  input: join(import.meta.dirname, 'playground.js'),
  platform: 'browser',
  // The page of a stranger must not need anything of Node.
  onLog(level, { message }) {
    if (level === 'warn') throw new Error(message);
  },
});
const {
  output: [{ code }],
} = await bundle.generate({ format: 'es', minify: true });
const page = readFileSync(join(import.meta.dirname, 'page.html'), 'utf8');
const script = `<script type="module">${code.replaceAll('</script', String.raw`<\/script`)}</script>`;
writeFileSync(out, page.replace('<script type="module"></script>', () => script));
