import { type AskingPlan, type AskOptions, askServer, planOf } from '../../asking/ask-server.js';
import { mostProbes } from '../../asking/probes.js';
import { counted } from '../../counted.js';
import type { Description } from '../../model/description.js';
import type { Observer } from '../../observe/observer.js';
import { shownUrl } from '../../observe/redaction.js';
import { visible } from '../../visible-text.js';
import { Failure } from './failure.js';
import type { Output } from './output.js';

/** Prints which requests would be sent, and which operations cannot be asked. */
export function showPlan({ targets, untried, linked, most }: AskingPlan, { out }: Output): void {
  const asked = targets.map(({ operation, method, url }) => {
    return `${visible(operation.label)}: ${method} ${shownUrl(url)}, at most ${mostProbes} times`;
  });
  const later = linked.map(({ operation }) => {
    return `${visible(operation.label)}: with a value from an earlier answer, at most ${mostProbes} times`;
  });
  const left = untried.map(({ operation, untried: { reason, remedy } }) => {
    return visible(`Untried: ${operation.label}: ${reason}. ${remedy}`);
  });
  const total = `At most ${counted(most, 'request')}, with GET and HEAD only. Nothing was sent.`;
  out(`${[...asked, ...later, ...left, total].join('\n')}\n`);
}

/**
 * Asks a server, after saying how many requests that takes.
 *
 * @returns what was sent, in a line
 * @throws Failure if there is nothing to ask
 */
export async function ask(
  description: Description,
  observer: Observer,
  options: AskOptions & { readonly quiet: boolean },
  { err }: Output,
): Promise<string[]> {
  const plan = planOf(description, options);
  const { targets, untried, linked, most } = plan;
  if (targets.length === 0) {
    const [first] = [...linked, ...untried];
    const why =
      first === undefined ? '' : ` ${first.operation.label}: ${first.untried.reason}. ${first.untried.remedy}`;
    throw new Failure(`No operation can be asked.${why}`);
  }
  if (!options.quiet)
    err(
      `Asking ${options.server.origin} about ${counted(targets.length + linked.length, 'operation')}: at most ${counted(most, 'request')}, ${options.rate} in a second.\n`,
    );
  const sent = await askServer(plan, observer, options);
  return [`Sent ${counted(sent, 'request')}.`];
}
