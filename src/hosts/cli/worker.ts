import workerpool from 'workerpool';
import { Failure } from './failure.js';
import type { NamedFiles } from './find-files.js';
import type { FixOptions } from './fix-command.js';
import { Linter, type LintTask } from './lint-file.js';

const linter = new Linter();

workerpool.worker({
  lint: (task: LintTask) => linter.run(task),
  /** Returns the message of a failure as data, because an error loses its class on the way between threads. */
  async fix(options: FixOptions, named: NamedFiles, cwd: string) {
    const { planFixes } = await import('./fix-command.js');
    try {
      return await planFixes(options, named, cwd);
    } catch (error) {
      if (error instanceof Failure || (error as Error).name === 'UnreadableRuleset')
        return { failure: (error as Error).message };
      throw error;
    }
  },
});
