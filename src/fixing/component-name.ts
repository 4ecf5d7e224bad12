/** What a component is called after: its words, such as `If None Match`, and the status code of a response. */
export interface ComponentLabel {
  readonly words: readonly string[];
  readonly code?: string;
  /** The words that say what kind of component it is, as people write them in names: `param`, `parameter`. The last one is the full word. */
  readonly kindWords: readonly [string, ...string[]];
}

/** How the words of a name are written and joined: `NotModified`, `not_modified`, `Not-Modified`. */
interface NameStyle {
  readonly separator: string;
  readonly letters: 'capital' | 'camel' | 'lower' | 'upper';
}

const pascal: NameStyle = { separator: '', letters: 'capital' };
const camel: NameStyle = { separator: '', letters: 'camel' };

/**
 * A name for a new component that is not taken yet, in the style of the names around it.
 *
 * @param taken the names in the same map
 * @param others the names in other maps, map by map, those most like it first; they count if those in the same map tell nothing
 */
export function componentName(
  label: ComponentLabel,
  taken: readonly string[],
  others: Iterable<readonly string[]> = [],
): string {
  const style = styleOf(taken, others);
  const name = numbered(label, taken, style) ?? written(withKindWord(label, taken), style);
  const isTaken = new Set(taken.map((other) => other.toLowerCase()));
  const isFree = (candidate: string) => !isTaken.has(candidate.toLowerCase());
  if (isFree(name)) return name;
  const longer = written([...label.words, label.kindWords.at(-1) as string], style);
  if (isFree(longer)) return longer;
  let number = 2;
  while (!isFree(`${name}${number}`)) number++;
  return `${name}${number}`;
}

/** The style of most names in the first map that has names with a recognisable one. */
function styleOf(own: readonly string[], others: Iterable<readonly string[]>): NameStyle {
  let hasLowerCase = false;
  let hasNames = false;
  for (const names of inOrder()) {
    const votes = new Map<string, { readonly style: NameStyle; count: number }>();
    for (const name of names) {
      const style = styleOfName(name);
      if (style === undefined) continue;
      const key = `${style.letters}${style.separator}`;
      const vote = votes.get(key) ?? { style, count: 0 };
      votes.set(key, vote);
      vote.count++;
    }
    const [most] = [...votes.values()].toSorted((one, other) => other.count - one.count);
    // Next to `limit` and `offset`, names do not begin with a capital letter, whatever those of schemas do.
    if (most !== undefined && !(hasLowerCase && most.style.letters === 'capital')) return most.style;
    if (!hasNames) hasLowerCase = names.length > 0 && names.every((name) => /^[a-z]/.test(name));
    hasNames ||= names.length > 0;
  }
  return hasLowerCase ? camel : pascal;

  function* inOrder() {
    yield own;
    yield* others;
  }
}

/** The style of a name; `undefined` if it is a single word in lower case, or an abbreviation, and shows none. */
function styleOfName(name: string): NameStyle | undefined {
  const separator = /[-_.]/.exec(name)?.[0] ?? '';
  if (separator === '') {
    if (/^[A-Z]+[\d]*$/.test(name)) return undefined;
    if (/^[A-Z]/.test(name)) return pascal;
    return /^[a-z].*[A-Z]/.test(name) ? camel : undefined;
  }
  const words = name.split(separator).filter((word) => /[a-z]/i.test(word));
  if (words.length < 2) return undefined;
  if (words.every((word) => word === word.toLowerCase())) return { separator, letters: 'lower' };
  if (words.every((word) => word === word.toUpperCase())) return { separator, letters: 'upper' };
  return words.every((word) => /^[A-Z]/.test(word)) ? { separator, letters: 'capital' } : undefined;
}

function written(words: readonly string[], { separator, letters }: NameStyle): string {
  return words
    .map((word, index) => {
      if (letters === 'upper') return word.toUpperCase();
      if (letters === 'lower' || (letters === 'camel' && index === 0)) return word.toLowerCase();
      return word.slice(0, 1).toUpperCase() + word.slice(1);
    })
    .join(separator);
}

/** A name with a status code, as `404`, `Response404` and `404NotFound` are, if most of the names around have one. */
function numbered({ code, words }: ComponentLabel, taken: readonly string[], style: NameStyle): string | undefined {
  const parts = taken.flatMap((name) => {
    const [, before = '', after = ''] = /^(\D*)[1-5]\d\d(\D*)$/.exec(name) ?? [];
    return before === '' && after === '' && !/^\d+$/.test(name) ? [] : [{ before, after }];
  });
  const [first] = parts;
  if (code === undefined || first === undefined || parts.length * 2 <= taken.length) return undefined;
  const isCommon = (side: 'before' | 'after') => parts.every((part) => part[side] === first[side]);
  const isError = /err|exception|fail/i.test(first.before + first.after) && code.startsWith('3');
  if (isError) return undefined;
  if (isCommon('before') && isCommon('after')) return `${first.before}${code}${first.after}`;
  const phrase = (part: string) => {
    const separator = /^[-_.]|[-_.]$/.exec(part)?.[0] ?? '';
    const phrases = parts.map(({ before, after }) => (before + after).replaceAll(/^[-_.]|[-_.]$/g, ''));
    const own = styleOf(phrases, []);
    return { separator, text: written(words, own === pascal ? style : own) };
  };
  if (isCommon('before') && first.before === '') {
    const { separator, text } = phrase(first.after);
    return `${code}${separator}${text}`;
  }
  if (!isCommon('after') || first.after !== '') return undefined;
  const { separator, text } = phrase(first.before);
  return `${text}${separator}${code}`;
}

/** The words of a name, with the word for its kind where most of the names around have it: `limitParam`, `headerAccept`. */
function withKindWord({ words, code, kindWords }: ComponentLabel, taken: readonly string[]): readonly string[] {
  if (taken.length < 2) return words;
  // A 304 is no error.
  const possible = new Set(code?.startsWith('4') === true ? [...kindWords, 'error'] : kindWords);
  const wordsOfNames = taken.map(wordsIn);
  for (const position of [-1, 0]) {
    const counts = new Map<string, number>();
    for (const inName of wordsOfNames) {
      const word = inName.length > 1 ? (inName.at(position) ?? '').toLowerCase() : '';
      if (possible.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const word = [...counts].find(([, count]) => count * 2 > taken.length)?.[0];
    if (word !== undefined) return position === 0 ? [word, ...words] : [...words, word];
  }
  return words;
}

function wordsIn(name: string): string[] {
  return name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .split(/[-_. ]+/)
    .filter((word) => word !== '');
}
