import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { folderWith, root } from '../../files.js';
import { install, type Outcome, orWhyNot, outcomeOf } from '../../packed.js';

/** The newest version of Redocly CLI that is tried. */
export const newest = '@redocly/cli@2.77.0';

/** The versions of Redocly CLI that are tried. */
export const redoclyPackages = [newest, '@redocly/cli@1.34.5'] as const;

/** What Redocly reports, with what is compared. */
export interface RedoclyProblem {
  readonly ruleId: string;
  readonly severity: 'error' | 'warn';
  readonly message: string;
  /** The absolute path of the file. */
  readonly file: string;
  /** The line, counted from 1; absent if this version of Redocly does not tell it. */
  readonly line?: number;
  readonly pointer: string;
  readonly reference?: string;
}

interface JsonReport {
  readonly problems: readonly (Omit<RedoclyProblem, 'file' | 'line' | 'pointer'> & {
    readonly location: readonly [
      {
        readonly source: { readonly ref: string };
        readonly pointer: string;
        readonly start?: { readonly line: number };
      },
    ];
  })[];
}

/** Redocly CLI in a folder of its own, with the built package beside it. */
export class InstalledRedocly {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Installs a version of Redocly CLI.
   *
   * @returns it; or why it cannot be installed
   */
  static async install(name: (typeof redoclyPackages)[number]): Promise<InstalledRedocly | string> {
    const folder = folderWith({ 'package.json': '{"private": true}' });
    return orWhyNot(name, async () => {
      await install(folder, name);
      symlinkSync(root, join(folder, 'node_modules/spectral-conditional-requests'));
      return new InstalledRedocly(folder);
    });
  }

  /** Writes a file into the folder. @returns its absolute path */
  write(name: string, text: string): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Writes the configuration: the plugin, and what is given. */
  configure(config: object): void {
    this.write('redocly.yaml', JSON.stringify({ plugins: ['spectral-conditional-requests/redocly'], ...config }));
  }

  /** Runs `redocly`. @returns its exit code, and what it prints */
  run(...args: readonly string[]): Promise<Outcome> {
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off' };
    return outcomeOf(join(this.folder, 'node_modules/.bin/redocly'), args, { cwd: this.folder, env });
  }

  /**
   * Lints some files.
   *
   * @returns the problems that rules of the plugin report, and the files that Redocly refuses, because it cannot parse them or what they
   *   refer to
   */
  async lint(...files: readonly string[]): Promise<{ found: RedoclyProblem[]; refused: string[] }> {
    const { out, err } = await this.run('lint', '--format=json', '--max-problems=1000000', ...files);
    const reports = out.split(/(?<=^\})(?=\{$)/m).filter((text) => text.trim() !== '');
    const found = reports.flatMap((text) => this.#problemsIn(JSON.parse(text)));
    if (reports.length === files.length) return { found, refused: [] };
    // It stops at the first file that it refuses.
    if (!err.includes('Failed to parse')) throw new Error(err);
    const others = files.slice(reports.length + 1);
    const rest = others.length === 0 ? { found: [], refused: [] } : await this.lint(...others);
    return { found: [...found, ...rest.found], refused: [files[reports.length] ?? '', ...rest.refused] };
  }

  #problemsIn({ problems }: JsonReport): RedoclyProblem[] {
    return problems
      .filter(({ ruleId }) => ruleId.startsWith('conditional-requests/'))
      .map(({ location: [{ source, pointer, start }], ruleId, severity, message, reference }) => ({
        ruleId: ruleId.slice('conditional-requests/'.length),
        severity,
        message,
        file: resolve(this.folder, source.ref),
        ...(start !== undefined && { line: start.line }),
        pointer,
        ...(reference !== undefined && { reference }),
      }));
  }
}
