import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyWithAttributes } from '../../../src/hosts/cli/attributes.js';
import { Failure } from '../../../src/hosts/cli/failure.js';
import { besideName, removeLeftovers } from '../../../src/hosts/cli/leftovers.js';
import { putBack, replaceFiles } from '../../../src/hosts/cli/replace-files.js';
import { Replacement } from '../../../src/hosts/cli/replacement.js';
import { folderWith, read } from '../../files.js';
import { cli, run } from './run.js';

const isRoot = process.getuid?.() === 0;
const names = ['one.yaml', 'two.yaml', 'three.yaml'];

function folderOfThree() {
  const folder = folderWith(Object.fromEntries(names.map((name) => [name, 'old'])));
  const files = names.map((name) => join(folder, name));
  const changes = files.map((file) => ({ file, before: 'old', after: 'new' }));
  return { folder, files, changes, texts: () => files.map((file) => readFileSync(file, 'utf8')) };
}

test('if one file cannot be replaced, the others keep their old text and no temporary file is left', () => {
  const { folder, files, changes, texts } = folderOfThree();
  writeFileSync(files[2] ?? '', 'changed');
  expect(() => replaceFiles(changes, folder)).toThrow(Failure);
  expect(() => replaceFiles(changes, folder)).toThrow(
    'three.yaml: was changed by another program in the meantime. No file was changed.',
  );
  const missing = { file: join(folder, 'four.yaml'), before: '', after: '' };
  expect(() => replaceFiles([...changes.slice(0, 2), missing], folder)).toThrow(
    'four.yaml: cannot be replaced: no such file. No file was changed.',
  );
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  expect(texts()).toEqual(['old', 'old', 'changed']);
});

describe('while files are replaced, a change by another program is kept, if the change is made', () => {
  /** Replaces three files. Before the last is replaced, `edit` changes it. */
  function interrupted(edit: (file: string, folder: string) => void) {
    const { folder, files, changes, texts } = folderOfThree();
    const identities = files.map((file) => statSync(file).ino);
    const replacements = changes.map((change) => new Replacement(change, basename(change.file)));
    replacements[0]?.replace();
    replacements[1]?.replace();
    edit(files[2] ?? '', folder);
    expect(() => replacements[2]?.replace()).toThrow('three.yaml: was changed by another program in the meantime');
    expect(putBack(replacements)).toEqual([]);
    expect(files.slice(0, 2).map((file) => statSync(file).ino)).toEqual(identities.slice(0, 2));
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    return texts();
  }

  test('in place', () => {
    expect(interrupted((file) => writeFileSync(file, 'edited'))).toEqual(['old', 'old', 'edited']);
  });

  test('by a new file with the same text', () => {
    const texts = interrupted((file) => {
      writeFileSync(`${file}~`, 'old');
      renameSync(`${file}~`, file);
    });
    expect(texts).toEqual(['old', 'old', 'old']);
  });

  test('by a link to another file', () => {
    const texts = interrupted((file, folder) => {
      mkdirSync(join(folder, 'other'));
      renameSync(file, join(folder, 'other/three.yaml'));
      symlinkSync('other/three.yaml', file);
    });
    expect(texts).toEqual(['old', 'old', 'old']);
  });

  test('by a second hard link', () => {
    expect(interrupted((file) => linkSync(file, `${file}~`))).toEqual(['old', 'old', 'old']);
  });

  test('by a program that opened the file before it was replaced', () => {
    const { files, changes, texts } = folderOfThree();
    const replacements = changes.map((change) => new Replacement(change, basename(change.file)));
    for (const replacement of replacements) replacement.replace();
    const [old = ''] = readdirSync(join(files[0] ?? '', '..')).filter((name) => /^\.one\.yaml.*\.old$/.test(name));
    writeFileSync(join(files[0] ?? '', '..', old), 'edited');
    expect(() => replacements[0]?.confirm()).toThrow('one.yaml: was changed by another program in the meantime');
    expect(putBack(replacements)).toEqual([]);
    expect(texts()).toEqual(['edited', 'old', 'old']);
  });
});

test('a file that cannot be restored does not stop the others from being restored, and the message names its old text', () => {
  const { folder, files, changes, texts } = folderOfThree();
  const replacements = changes.map((change) => new Replacement(change, basename(change.file)));
  for (const replacement of replacements) replacement.replace();
  writeFileSync(files[1] ?? '', 'edited afterwards');
  const [said = '', ...more] = putBack(replacements);
  expect(more).toEqual([]);
  const [, where = ''] = /^two\.yaml \(another program changed it; the old file is (.*)\)$/.exec(said) ?? [];
  expect(readFileSync(where, 'utf8')).toBe('old');
  expect(texts()).toEqual(['old', 'edited afterwards', 'old']);
  expect(readdirSync(folder).toSorted()).toEqual([basename(where), ...names].toSorted());
});

describe('a disk', () => {
  /** Mounts a small file system; `undefined` if that is not permitted. */
  function mounted(): { folder: string; unmount: () => void; remount: (option: string) => void } | undefined {
    const folder = folderWith({});
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder]);
    if (status !== 0) return undefined;
    return {
      folder,
      unmount: () => void execFileSync('umount', [folder]),
      remount: (option) => void execFileSync('mount', ['-o', `remount,${option}`, folder]),
    };
  }

  test('that is full or read-only gives an error that names the file, and nothing changes', (context) => {
    const disk = mounted();
    if (disk === undefined) return context.skip('file systems cannot be mounted here');
    try {
      const padding = `# ${'x'.repeat(36_000)}\n`;
      const text = read('examples/orders.yaml') + padding;
      writeFileSync(join(disk.folder, 'openapi.yaml'), text);
      const fix = () => spawnSync(process.execPath, [cli, 'fix', '.'], { cwd: disk.folder, encoding: 'utf8' });
      expect(fix()).toMatchObject({
        status: 2,
        stdout: '',
        stderr: 'openapi.yaml: cannot be replaced: the disk is full. No file was changed.\n',
      });
      expect(readFileSync(join(disk.folder, 'openapi.yaml'), 'utf8')).toBe(text);
      expect(readdirSync(disk.folder)).toEqual(['openapi.yaml']);
      const change = { file: join(disk.folder, 'openapi.yaml'), before: text, after: '' };
      disk.remount('ro');
      expect(() => replaceFiles([change], disk.folder)).toThrow(
        'openapi.yaml: cannot be replaced: the file system is read-only. No file was changed.',
      );
      disk.remount('rw');
      replaceFiles([change], disk.folder);
      expect(readFileSync(change.file, 'utf8')).toBe('');
    } finally {
      disk.unmount();
    }
  });
});

describe('on a file system that is mounted read-only', () => {
  const mount = (...args: string[]) => spawnSync('mount', args).status === 0;

  /** How to make a folder, or the file in it, read-only; each says whether that was permitted. */
  const ways: readonly (readonly [string, (folder: string, file: string) => boolean])[] = [
    ['a folder of its own', (folder) => mount('--bind', folder, folder) && mount('-o', 'remount,bind,ro', folder)],
    ['a file of its own', (_, file) => mount('--bind', file, file) && mount('-o', 'remount,bind,ro', file)],
    [
      'the folder above',
      (folder) => {
        const above = dirname(folder);
        return mount('--bind', above, above) && mount('-o', 'remount,bind,ro', above);
      },
    ],
  ];

  test.for(ways)('%s: --check and --dry-run work, and fix declines', ([, makeReadOnly], context) => {
    const text = read('examples/orders.yaml');
    const above = folderWith({ 'apis/openapi.yaml': text });
    const folder = join(above, 'apis');
    const file = join(folder, 'openapi.yaml');
    try {
      if (!makeReadOnly(folder, file)) return context.skip('file systems cannot be mounted here');
      const fix = (...options: string[]) => run(folder, 'fix', ...options, '.');
      expect(fix('--check')).toMatchObject({ status: 1, err: '' });
      const shown = fix('--dry-run');
      expect(shown.status).toBe(0);
      expect(shown.out).toContain('+++ b/openapi.yaml');
      expect(shown.err).toMatch(/would fix [1-9]\d*, declined 0,/);
      const declined = fix();
      expect(declined.status).toBe(0);
      expect(declined.out).toMatch(/because \S+ is read-only\n/);
      expect(declined.out).toMatch(/fixed 0, declined [1-9]/);
      expect(readFileSync(file, 'utf8')).toBe(text);
      expect(readdirSync(folder)).toEqual(['openapi.yaml']);
    } finally {
      for (const mounted of [file, folder, above]) spawnSync('umount', [mounted]);
    }
  });
});

describe('of a replaced file', () => {
  const change = { before: 'old', after: 'new' };

  test.skipIf(!isRoot)('the owner, the group and the mode stay', () => {
    const folder = folderWith({ 'a.yaml': 'old', 'b.yaml': 'old', 'c.yaml': 'old' });
    const files = ['a.yaml', 'b.yaml', 'c.yaml'].map((name) => join(folder, name));
    for (const [index, mode] of [0o600, 0o664, 0o6755].entries()) {
      chownSync(files[index] ?? '', 1234 + index, 2345);
      chmodSync(files[index] ?? '', mode);
    }
    expect(
      replaceFiles(
        files.map((file) => ({ ...change, file })),
        folder,
      ),
    ).toEqual([]);
    expect(files.map((file) => statSync(file)).map(({ uid, gid, mode }) => [uid, gid, mode & 0o7777])).toEqual([
      [1234, 2345, 0o600],
      [1235, 2345, 0o664],
      [1236, 2345, 0o6755],
    ]);
  });

  test.skipIf(!isRoot)('an owner or group that cannot be kept is named, and no user gains permissions', () => {
    const folder = folderWith({ 'owner.yaml': 'old', 'group.yaml': 'old' });
    chmodSync(dirname(folder), 0o711);
    chmodSync(folder, 0o777);
    chownSync(join(folder, 'owner.yaml'), 1234, 65534);
    chmodSync(join(folder, 'owner.yaml'), 0o664);
    chownSync(join(folder, 'group.yaml'), 65534, 2345);
    chmodSync(join(folder, 'group.yaml'), 0o660);
    process.setegid?.(65534);
    process.setgroups?.([]);
    process.seteuid?.(65534);
    const files = ['owner.yaml', 'group.yaml'].map((name) => join(folder, name));
    let said: string[];
    try {
      said = replaceFiles(
        files.map((file) => ({ ...change, file })),
        folder,
      );
    } finally {
      process.seteuid?.(0);
      process.setegid?.(0);
    }
    expect(said).toEqual([
      'owner.yaml: replaced, but could not keep its owner',
      'group.yaml: replaced, but could not keep its group',
    ]);
    expect(files.map((file) => statSync(file).mode & 0o7777)).toEqual([0o664, 0o600]);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['new', 'new']);
  });

  const python = (file: string, code: string) =>
    spawnSync('python3', ['-c', `import os, sys\n${code}`, file], { encoding: 'utf8' });
  const accessList =
    "b'\\x02\\0\\0\\0' + b''.join(t.to_bytes(2,'little') + p.to_bytes(2,'little') + i.to_bytes(4,'little') for t, p, i in [(1,6,0xffffffff),(2,4,1234),(4,4,0xffffffff),(16,4,0xffffffff),(32,0,0xffffffff)])";
  const attributes = 'print(sorted((name, os.getxattr(sys.argv[1], name)) for name in os.listxattr(sys.argv[1])))';

  test('extended attributes and the access control list stay', (context) => {
    const folder = folderWith({ 'a.yaml': 'old' });
    const file = join(folder, 'a.yaml');
    const { status } = python(
      file,
      `os.setxattr(sys.argv[1], 'user.origin', b'here')\nos.setxattr(sys.argv[1], 'system.posix_acl_access', ${accessList})`,
    );
    if (status !== 0) return context.skip('there is no Python here, or the file system has no extended attributes');
    const before = python(file, attributes).stdout;
    expect(before).toContain('user.origin');
    expect(before).toContain('system.posix_acl_access');
    // If the file system has no hard links, the old file is kept as a copy.
    expect(copyWithAttributes(file, join(folder, 'copy.yaml'))).toEqual([]);
    expect(python(join(folder, 'copy.yaml'), attributes).stdout).toBe(before);
    expect(readFileSync(join(folder, 'copy.yaml'), 'utf8')).toBe('old');
    expect(replaceFiles([{ ...change, file }], folder)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(python(file, attributes).stdout).toBe(before);
  });

  test.skipIf(process.platform !== 'linux')(
    'metadata that cannot be kept because a program is missing is named',
    () => {
      const { folder, changes } = folderOfThree();
      const path = process.env['PATH'];
      process.env['PATH'] = folder;
      try {
        expect(replaceFiles(changes.slice(0, 1), folder)).toEqual([
          'one.yaml: replaced, but could not keep its extended attributes and its access control list, if it has any (spawnSync cp ENOENT)',
        ]);
      } finally {
        process.env['PATH'] = path;
      }
    },
  );
});

describe('a temporary file of a killed run', () => {
  const nameOf = (file: string) => basename(file);

  /** The id of a process that has ended. */
  function endedProcess(): number {
    return spawnSync(process.execPath, ['-e', '0']).pid;
  }

  /** The path that another process would choose for its temporary file. */
  function leftBy(pid: number, file: string, kind: 'new' | 'old'): string {
    return besideName(file, kind).replace(`-${process.pid}-`, `-${pid}-`);
  }

  test('is removed, unless it may still be needed; then a message names it', () => {
    const { folder, files } = folderOfThree();
    const [one = '', two = '', three = ''] = files;
    const pid = endedProcess();
    const unfinished = leftBy(pid, one, 'new');
    writeFileSync(unfinished, 'half of it');
    const linked = leftBy(pid, one, 'old');
    linkSync(one, linked);
    const same = leftBy(pid, two, 'old');
    writeFileSync(same, 'old');
    const wanted = leftBy(pid, three, 'old');
    writeFileSync(wanted, 'older');
    const alive = leftBy(process.ppid, three, 'new');
    writeFileSync(alive, 'to come');
    const elsewhere = join(folder, `.three.yaml.conditional-requests-00000000-${pid}-00000000.new`);
    writeFileSync(elsewhere, 'to come');
    const others = ['.one.yaml.swp', '.one.yaml.1234.tmp', 'one.yaml.conditional-requests.new'];
    for (const name of others) writeFileSync(join(folder, name), '');
    expect(removeLeftovers(files, nameOf).toSorted()).toEqual(
      [
        `${basename(elsewhere)}: was left by a run on another machine: remove it once that run has ended`,
        `${basename(wanted)}: holds three.yaml as it was before a run that was killed changed it: remove it if you do not need it`,
      ].toSorted(),
    );
    expect(readdirSync(folder).toSorted()).toEqual(
      [...names, ...others, basename(wanted), basename(alive), basename(elsewhere)].toSorted(),
    );
    expect(statSync(one).nlink).toBe(1);
  });

  test('is removed even if the name of the file is long', () => {
    const folder = folderWith({});
    const file = join(folder, `${'é'.repeat(125)}.yaml`);
    writeFileSync(file, 'old');
    const left = leftBy(endedProcess(), file, 'new');
    writeFileSync(left, 'new');
    expect(removeLeftovers([file], nameOf)).toEqual([]);
    expect(existsSync(left)).toBe(false);
    expect(replaceFiles([{ file, before: 'old', after: 'new' }], folder)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test('does not contain the name of the machine in its own name', () => {
    expect(besideName('/a.yaml', 'new')).not.toContain(hostname());
  });
});
