import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderWith } from '../files.js';
import { install, run } from '../packed.js';
import { newest } from '../hosts/redocly/installed-redocly.js';
import type { Program } from './programs.js';

/** The programs that are too large to be installed with the project, and the versions that are tried. */
const packages = ['bump-cli@2.11.0', newest, '@redocly/openapi-core@2.64.0'];

interface RedoclyDocument {
  readonly parsed: unknown;
}

/** What of `@redocly/openapi-core` applies an overlay. */
interface RedoclyCore {
  readonly BaseResolver: new () => unknown;
  makeDocumentFromString(text: string, path: string): RedoclyDocument;
}

interface RedoclyOverlays {
  applyOverlay(description: RedoclyDocument, overlay: RedoclyDocument, resolver: unknown): { message: string }[];
}

interface BumpOverlays {
  readonly Overlay: new () => { run(description: unknown, overlay: unknown): unknown };
}

/**
 * Installs other programs that apply overlays.
 *
 * @returns the programs; or why they cannot be installed
 */
export async function installedPrograms(): Promise<Readonly<Record<string, Program>> | string> {
  const folder = folderWith({ 'package.json': '{"private": true}' });
  try {
    await install(folder, ...packages);
  } catch (error) {
    return `${packages.join(', ')} cannot be installed: ${String((error as Error).message).split('\n', 1)[0]}`;
  }
  const load = async <T>(path: string): Promise<T> => import(pathToFileURL(join(folder, 'node_modules', path)).href);
  const { Overlay } = await load<BumpOverlays>('bump-cli/dist/core/overlay.js');
  const { BaseResolver, makeDocumentFromString } = await load<RedoclyCore>('@redocly/openapi-core/lib/index.js');
  const { applyOverlay } = await load<RedoclyOverlays>('@redocly/openapi-core/lib/bundle/apply-overlay.js');
  return {
    'bump-cli': (description, overlay) =>
      Promise.resolve(new Overlay().run(structuredClone(description), structuredClone(overlay))),
    '@redocly/openapi-core': (description, overlay) => {
      const [into, from] = [description, overlay].map((data, index) =>
        makeDocumentFromString(JSON.stringify(data), join(folder, `${index}.json`)),
      ) as [RedoclyDocument, RedoclyDocument];
      const [problem] = applyOverlay(into, from, new BaseResolver());
      if (problem !== undefined) throw new Error(problem.message);
      return Promise.resolve(into.parsed);
    },
    'redocly bundle': async (description, overlay) => {
      const files = ['openapi.json', 'fix.json', 'bundle.json'].map((name) => join(folder, name));
      const [into = '', from = '', out = ''] = files;
      writeFileSync(into, JSON.stringify(description));
      writeFileSync(from, JSON.stringify(overlay));
      await run(join(folder, 'node_modules/.bin/redocly'), ['bundle', into, '--overlay', from, '-o', out], {
        cwd: folder,
      });
      return JSON.parse(readFileSync(out, 'utf8'));
    },
  };
}
