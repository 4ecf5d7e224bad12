import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { okWithEtag, root } from '../../files.js';

/** The built command line. */
export const cli = join(root, 'dist/bin/conditional-requests.cjs');

/** The result of a run of the command line. */
export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder. */
export function run(cwd: string, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

/** The member of an operation that takes If-None-Match. */
export const ifNoneMatch = 'parameters: [{name: If-None-Match, in: header, schema: {type: string}}]';

/** A description that lacks a 304. */
export const without304 = `openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {${ifNoneMatch}, responses: {'200': ${okWithEtag}}}}}\n`;

/** The findings, each as its file, line and rule. */
export function found({ out }: Run, folder: string): string[] {
  const results: { source: string; range: { start: { line: number } }; code: string }[] = JSON.parse(out);
  return results.map(({ source, range, code }) => {
    return `${source.replace(`${folder}/`, '')}:${range.start.line + 1} ${code}`;
  });
}
