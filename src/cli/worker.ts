import workerpool from 'workerpool';
import { Linter, type Task } from './lint-file.js';

const linter = new Linter();

workerpool.worker({ lint: (task: Task) => linter.run(task) });
