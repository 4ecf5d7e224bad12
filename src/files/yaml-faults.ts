import { Kind, type YamlMap, type YAMLNode, type YAMLSequence } from '@stoplight/yaml-ast-parser';
import type { Span } from '../text-editor/parsed-document.js';
import { type ParseError, unclosedFault } from './parse-error.js';
import { endOfLine, unclosedIn } from './unclosed-brackets.js';

const moreDocuments = 'expected a single document in the stream, but found more';

/**
 * The errors of Spectral's parser, without its warnings. An unclosed bracket is reported at the bracket, in place of the errors after
 * it, which follow from it. That there are several documents is reported at the second; where none begins, it follows from another
 * error, after which the parser takes the rest of the text for a document.
 */
export function faultsInYaml(root: YAMLNode | undefined, text: string): ParseError[] {
  const errors = (root?.errors ?? []).filter(({ isWarning }) => !isWarning);
  const warned = (root?.errors ?? []).filter(({ isWarning }) => isWarning).map(({ mark }) => mark.position);
  const tab = warned.length === 0 ? undefined : indentingTab(root, text, warned);
  const isUnclosed = errors.some(({ reason }) => /flow collection|quoted scalar/.test(reason));
  const [unclosed] = isUnclosed ? unclosedIn(text, scalarsIn(root)) : [];
  const faults = errors.flatMap(({ reason, mark }): ParseError[] => {
    const isMore = reason === moreDocuments;
    const at = isMore ? endOfBlank(text, mark.position) : Math.min(mark.position, text.length);
    const isConsequence = isMore && errors.length > 1 && !/^(?:---|\.\.\.)/.test(text.slice(at, at + 3));
    return isConsequence || at > (unclosed?.offset ?? Infinity)
      ? []
      : [{ message: sentence(reason), path: [], span: { start: at, end: at } }];
  });
  return [
    ...faults,
    ...(unclosed === undefined ? [] : [unclosedFault(unclosed)]),
    ...(tab === undefined ? [] : [{ message: tabMessage, path: [], span: { start: tab, end: tab + 1 } }]),
  ];
}

const tabMessage = 'A tab indents this line: YAML allows only spaces there, and parsers lose what the line contains';

/**
 * The first tab that indents a line, for which Spectral's parser has only a warning, although it loses members (YAML 1.2.2 §6.1). Tabs
 * in brackets, in quoted texts, in empty lines and before comments do no harm.
 *
 * @param warned the offsets of the tabs that the parser warns of
 */
function indentingTab(root: YAMLNode | undefined, text: string, warned: readonly number[]): number | undefined {
  const candidates = warned.filter((at) => {
    let before = at - 1;
    while (text[before] === ' ') before--;
    const isFirst = at >= 0 && (before < 0 || '\r\n'.includes(text.charAt(before)));
    return isFirst && /^[ \t]*[^\s#]/.test(text.slice(at, at + longestIndentation));
  });
  const enclosed = candidates.length === 0 ? [] : enclosedIn(root, text);
  let next = 0;
  return candidates
    .toSorted((one, other) => one - other)
    .find((at) => {
      while ((enclosed[next]?.end ?? Infinity) <= at) next++;
      return (enclosed[next]?.start ?? Infinity) > at;
    });
}

/** The longest indentation that is looked at, in characters. */
const longestIndentation = 1000;

/** The spans of the outermost brackets and quoted texts, in the order of the text. */
function enclosedIn(root: YAMLNode | undefined, text: string): Span[] {
  const spans: Span[] = [];
  const left: (YAMLNode | null | undefined)[] = [root];
  while (left.length > 0) {
    const node = left.pop();
    if (node === null || node === undefined) continue;
    if ('[{"\''.includes(text.charAt(node.startPosition))) {
      spans.push({ start: node.startPosition, end: node.endPosition });
    } else if (node.kind === Kind.SEQ) left.push(...(node as YAMLSequence).items);
    else if (node.kind === Kind.MAP) left.push(...(node as YamlMap).mappings.flatMap(({ key, value }) => [key, value]));
  }
  return spans.toSorted((one, other) => one.start - other.start);
}

/** Where the white space and the comments end that begin at an offset. */
function endOfBlank(text: string, start: number): number {
  let at = Math.max(start, 0);
  while (at < text.length && /[\s#]/.test(text.charAt(at))) at = text[at] === '#' ? endOfLine(text, at) : at + 1;
  return at;
}

/** The spans of the scalars of a tree, in the order of the text. */
export function scalarsIn(root: YAMLNode | undefined): Span[] {
  const spans: Span[] = [];
  const left: (YAMLNode | null | undefined)[] = [root];
  for (let node = left.pop(); left.length > 0 || node !== undefined; node = left.pop()) {
    if (node === null || node === undefined) continue;
    if (node.kind === Kind.SCALAR) spans.push({ start: node.startPosition, end: node.endPosition });
    else if (node.kind === Kind.SEQ) left.push(...(node as YAMLSequence).items);
    else if (node.kind === Kind.MAP) left.push(...(node as YamlMap).mappings.flatMap(({ key, value }) => [key, value]));
  }
  return spans.filter(({ start, end }) => start < end).toSorted((one, other) => one.start - other.start);
}

/** A message with a capital, as Spectral prints it. */
function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
