// Refuses every network request, and records it in the file that the environment variable ASKED names.
const dns = require('node:dns');
const { appendFileSync } = require('node:fs');
const net = require('node:net');

/** @param {string} what */
function refuse(what) {
  return () => {
    appendFileSync(process.env['ASKED'] ?? '', `${what}\n`);
    throw new Error(`${what} was asked for`);
  };
}

net.Socket.prototype.connect = refuse('a socket');
net.Server.prototype.listen = refuse('a server');
for (const name of /** @type {const} */ (['lookup', 'resolve', 'resolve4', 'resolve6'])) {
  Object.defineProperty(dns, name, { value: refuse('a name server') });
}
globalThis.fetch = refuse('a page');
