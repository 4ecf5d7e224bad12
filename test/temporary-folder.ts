import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests a folder for what they leave behind, which goes when they are done. */
export default function (): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
