import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests a folder for what they leave behind, which goes when they are done. */
export default function (): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'conditional-requests-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
