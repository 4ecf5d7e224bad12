// Says at the end of a process how much memory it has had at most, in KiB, in the file that PEAK names.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread)
  process.on('exit', () => writeFileSync(process.env['PEAK'] ?? '', String(process.resourceUsage().maxRSS)));
