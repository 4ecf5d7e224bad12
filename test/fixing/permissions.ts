import type { Permissions } from '../../src/fixing/fix-all.js';

/** Permits every fix in every file. */
export const allFixes: Permissions = { allows: () => true, forbids: () => undefined };
