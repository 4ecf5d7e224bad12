import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder for the temporary files of the tests, and removes it when all tests are done. */
export default function (): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
