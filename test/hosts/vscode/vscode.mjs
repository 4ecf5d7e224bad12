// VS Code for the browser, in a folder outside the repository.
//
// node vscode.mjs: installs it if it is not there yet, and prints the folder
//
// VS Code itself is not on npm, but the package of code-server brings it whole. It runs without the rest of code-server, and with one
// native module: that which writes logs, and so the output channels. (The others are for terminals, watchdogs and proxies.)
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The version of code-server. Its VS Code is 1.100.3. */
const version = '4.100.3';

const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'conditional-requests-tests');

/** Where VS Code is, or is to be. A native module fits one version of Node. */
export const vscode = join(cache, `code-server-${version}-node-${process.versions.modules}`);

/** The program that serves VS Code. */
export const server = join(vscode, 'out/server-main.js');

function install() {
  mkdirSync(cache, { recursive: true });
  // An installation that is broken off must not be taken for a whole one: it gets its name last.
  const temporary = mkdtempSync(join(cache, 'unfinished-'));
  /** @type {(program: string, args: readonly string[], cwd?: string) => string} */
  const run = (program, args, cwd = temporary) =>
    execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [tarball = ''] = run('npm', ['pack', '--silent', `code-server@${version}`])
      .trim()
      .split('\n');
    // The maps of its sources are most of it.
    run('tar', ['--extract', '--file', tarball, '--exclude=*.map', '--strip-components=3', 'package/lib/vscode']);
    rmSync(join(temporary, tarball));
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    run('npm', ['install', '--omit=dev', ...quietly]);
    // The headers of this Node, where it brings them; npm would fetch them from a site.
    const node = dirname(dirname(process.execPath));
    const headers = existsSync(join(node, 'include/node')) ? [`--nodedir=${node}`] : [];
    run('npm', ['rebuild', '--loglevel=error', ...headers, '@vscode/spdlog']);
    // VS Code looks for its modules here, since its own builds keep them in an archive.
    symlinkSync('node_modules', join(temporary, 'node_modules.asar'));
    run(process.execPath, ['out/server-main.js', '--version']);
    // Another run may have been quicker.
    if (!existsSync(vscode)) renameSync(temporary, vscode);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!existsSync(vscode)) install();
  console.log(vscode);
}
