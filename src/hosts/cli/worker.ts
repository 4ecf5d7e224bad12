import workerpool from 'workerpool';
import { Failure } from './failure.js';
import type { NamedFiles } from './find-files.js';
import type { FixOptions } from './fix-command.js';
import { Linter, type LintTask } from './lint-file.js';

const linter = new Linter();

workerpool.worker({
  lint: (task: LintTask) => linter.run(task),
  /** What is to be said instead of done comes as data: the class of an error is lost on the way. */
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
