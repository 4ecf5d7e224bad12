import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, root } from '../../files.js';

const cli = join(root, 'dist/bin/conditional-requests.cjs');

test('compiled code is kept for the next run, where Node can, unless the user does not want it', ({ skip }) => {
  skip(!('enableCompileCache' in module), 'Node has a compile cache since 22.1');
  const folder = folderWith({ 'a.yaml': 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\n' });
  const kept = join(folder, 'node-compile-cache');
  const lint = (env: NodeJS.ProcessEnv) => {
    const options = { cwd: folder, env: { ...process.env, TMPDIR: folder, ...env }, stdio: 'ignore' } as const;
    execFileSync(process.execPath, [cli, 'lint', 'a.yaml'], options);
    return existsSync(kept) ? readdirSync(kept, { recursive: true }).length : 0;
  };
  expect(lint({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(0);
  expect(lint({})).toBeGreaterThan(1);
});
