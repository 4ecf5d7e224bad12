import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { folderWith, read } from '../../files.js';
import { cli } from './run.js';

/** The two ways in which editors save a file: they write into it, or they replace it with a new file. */
const editors: Readonly<Record<string, string>> = {
  'in place': `fs.appendFileSync(file, '# mine\\n')`,
  'as a new file': `fs.writeFileSync(file + '~', fs.readFileSync(file, 'utf8') + '# mine\\n'); fs.renameSync(file + '~', file)`,
};

test.each(Object.keys(editors))(
  'a file that an editor saves %s while 80 files are fixed keeps the edit',
  async (how) => {
    const before = read('examples/orders.yaml');
    for (let attempt = 0; attempt < 6; attempt++) {
      const folder = folderWith(
        Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`apis/${100 + index}.yaml`, before])),
      );
      const apis = join(folder, 'apis');
      const edited = join(apis, `${179 - attempt * 10}.yaml`);
      // The editor saves when a given number of new files have been written but not yet put in place: few, many, or all.
      const script = `const [file, count] = process.argv.slice(1);
      while (fs.readdirSync('apis').filter((name) => name.endsWith('.new')).length < Number(count))
        if (fs.existsSync('done')) process.exit(3);
      ${editors[how]}`;
      const count = [80, 80, 79, 40, 2, 1][attempt] ?? 80;
      const editor = spawn(process.execPath, ['-e', script, edited, String(count)], { cwd: folder, stdio: 'inherit' });
      const ended = once(editor, 'exit');
      await wait(100);
      const { status, stderr } = spawnSync(process.execPath, [cli, 'fix', 'apis'], { cwd: folder, encoding: 'utf8' });
      writeFileSync(join(folder, 'done'), '');
      const [code] = await ended;
      expect(readFileSync(edited, 'utf8').includes('# mine\n')).toBe(code === 0);
      const others = readdirSync(apis).filter((name) => name !== basename(edited));
      expect(others).toHaveLength(79);
      const unchanged = others.filter((name) => readFileSync(join(apis, name), 'utf8') === before);
      expect(unchanged).toHaveLength(status === 0 ? 0 : 79);
      const said = 'apis/N.yaml: was changed by another program in the meantime. No file was changed.\n';
      expect(stderr.replace(/1\d\d/, 'N')).toBe(status === 0 ? '' : said);
    }
  },
  120_000,
);
