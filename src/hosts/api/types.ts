// The types of the programmatic API. This file imports nothing but the names of the rulesets, which the build writes out: so it becomes
// the declaration file of the package as it is.
import type { RulesetName } from '../../rulesets.js';

/** How severe a finding is, most severe first. */
export type FindingSeverity = 'error' | 'warn' | 'info' | 'hint';

/**
 * Who can fix a finding. A `safe` fix only corrects the description. A `suggested` one says something about the server that only a person
 * can know. A `removal` takes away a declared header, parameter or response. A `partial` one is of little use until something else is
 * added. With `none`, the author has to decide.
 */
export type KindOfFix = 'safe' | 'suggested' | 'removal' | 'partial' | 'none';

/**
 * A point between two characters of a text: the line, and the UTF-16 code unit in the line, both counted from 0, as in the Language
 * Server Protocol. A byte order mark does not count.
 */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** A stretch of a text, from its start up to, but not including, its end. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/**
 * A stretch of a text, and what is to stand there instead. Edits of one text are in its order, do not overlap, and all name places in the
 * old text. So they can be made one after the other if the last comes first.
 */
export interface RangeEdit {
  readonly range: TextRange;
  readonly text: string;
}

/**
 * An OpenAPI description: its text in YAML or JSON; the text with its URI; what a parser has read from it; or only its URI, so that it is
 * read by {@link RulesetOptions.read}.
 *
 * The URI is any that `read` understands: `https://example.com/openapi.yaml`, `file:///apis/orders.yaml`, or a name such as
 * `apis/orders.yaml`. Relative `$ref`s are relative to it. It is the empty text unless given.
 *
 * The text of a parsed document is `JSON.stringify(data, null, 2)`: its ranges and edits are about that.
 */
export type DescriptionInput =
  | string
  | { readonly text: string; readonly uri?: string }
  | { readonly data: object; readonly uri?: string }
  | { readonly uri: string };

/**
 * Reads a document that a `$ref` leads to, once.
 *
 * @param uri the `$ref` without its fragment, resolved against the URI of the document that it stands in (RFC 3986 §5.2). In a document
 *   with a name such as `apis/orders.yaml`, it is a name, too; a name with percent-encoding is asked for as it is written and decoded
 * @returns its text in YAML or JSON; `undefined` if there is none. If it throws, the document counts as one that cannot be read, and the
 *   message of the error is told
 */
export type ReadDocument = (uri: string) => string | undefined | Promise<string | undefined>;

/** What a team's own guideline says in support of a rule. */
export interface GuidelineStatement {
  /** A word of RFC 2119, or one of the guideline's `words`. */
  readonly level: string;
  /** The name of the section, with its number if it has one. */
  readonly section?: string;
  /** The anchor of the section in the guideline, or the address of another page. */
  readonly anchor?: string;
  /** What it says, in a sentence. */
  readonly says?: string;
}

/** A team's own guideline, with the fields of `guideline.yaml`. */
export interface GuidelineInput {
  /** Whose it is: the name in messages. */
  readonly who: string;
  readonly title: string;
  /** Its address: `https:`, with a dot in the name of the host. */
  readonly url: string;
  /** The rulesets that it builds on. */
  readonly basedOn?: string | readonly string[];
  /** Its words for how strongly it asks, beside those of RFC 2119, each with the severity that it leads to. */
  readonly words?: Readonly<Record<string, FindingSeverity>>;
  /** What it asks, by rule id; `off` for a rule of `basedOn` that it does not ask for. */
  readonly rules?: Readonly<Record<string, GuidelineStatement | 'off'>>;
}

/** Which rules are on, and where documents come from. */
export interface RulesetOptions {
  /** The name of a ruleset of the package, or a guideline of your own: `recommended` unless given. */
  readonly ruleset?: RulesetName | GuidelineInput;
  /** Severities that differ from those of the ruleset, by rule id; `off` turns a rule off. */
  readonly rules?: Readonly<Record<string, FindingSeverity | 'off'>>;
  /** Reads the documents that `$ref`s lead to. Without it, nothing is read: `unread` names them. */
  readonly read?: ReadDocument;
}

/** How descriptions are linted. */
export interface LintSettings extends RulesetOptions {
  /** Whether findings come with their fixes. It takes several times as long. */
  readonly fixes?: boolean;
}

/** What a rule finds. */
export interface RuleFinding {
  /** The id of the rule. */
  readonly rule: string;
  readonly severity: FindingSeverity;
  /** What is expected, where, why, and who asks for it. */
  readonly message: string;
  /** The message without its sources and its full stop. */
  readonly statement: string;
  /** The names of the sources in the message: at most two. */
  readonly sources: readonly string[];
  /** The section to read about it: of a guideline that the ruleset follows, or else the first that asks for it. */
  readonly url: string;
  /** The URI of the document that it is in. */
  readonly uri: string;
  /** The keys from the root of the document to the place. Array indices are texts. */
  readonly path: readonly string[];
  readonly range: TextRange;
  readonly fixKind: KindOfFix;
  /** The fix by itself, as long as nothing else has been changed; absent unless `fixes` is set and there is one. */
  readonly fix?: {
    /** Whether it only corrects the description. */
    readonly isSafe: boolean;
    /** The URI of the document to change. */
    readonly uri: string;
    readonly edits: readonly RangeEdit[];
  };
}

/** An error in a document that does not depend on the rules. */
export interface DocumentProblem {
  /**
   * `parser` for an error of syntax, a duplicate name, or a description that is too large; `unrecognized-format` for a document that is no
   * OpenAPI description; `invalid-ref` for a `$ref` that cannot be followed; `unreadable` for a document that cannot be read at all;
   * `invalid-ignore` for a mistake in an exception from a rule; `unused-ignore` for an exception that nothing needs.
   */
  readonly code: 'parser' | 'unrecognized-format' | 'invalid-ref' | 'unreadable' | 'invalid-ignore' | 'unused-ignore';
  readonly message: string;
  /** The URI of the document. */
  readonly uri: string;
  /** The keys from the root of the document to the place; empty if it is not known. */
  readonly path: readonly string[];
  readonly range: TextRange;
}

/** The result of linting. */
export interface LintResult {
  /** What the rules find, each once: by description, document and position. */
  readonly findings: readonly RuleFinding[];
  /** Errors that do not depend on the rules. What stands behind them is not known, so the findings may be incomplete. */
  readonly problems: readonly DocumentProblem[];
  /** The URIs of the documents that `$ref`s lead to and that were not read, for want of `read`. */
  readonly unread: readonly string[];
}

/** How descriptions are fixed. Without any of these, all safe fixes are made. */
export interface FixSettings extends RulesetOptions {
  /** Whether to make suggested fixes, too. */
  readonly suggested?: boolean;
  /** Whether fixes may remove declared headers, parameters and responses. */
  readonly remove?: boolean;
  /** The ids of the only rules whose findings are to be fixed, by fixes of any kind. */
  readonly only?: readonly string[];
  /** Whether the document with a URI may be changed: only the descriptions themselves may, unless given. */
  readonly mayChange?: (uri: string) => boolean;
}

/** One operation of a JSON Patch (RFC 6902). Paths are JSON Pointers (RFC 6901). */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string };

/** A document that fixes have changed, in three forms. */
export interface ChangedDocument {
  readonly uri: string;
  /** The new text. Only what is fixed differs from the old one. */
  readonly text: string;
  /** The edits that lead from the old text to the new one, in the order of the text. */
  readonly edits: readonly RangeEdit[];
  /**
   * The JSON Patch (RFC 6902) that leads from the old data to the new data. Where a YAML alias shows something twice, both places are
   * patched, so apply it to data in which no two places share an object.
   */
  readonly patch: readonly JsonPatchOperation[];
}

/** What became of a finding. */
export interface FixOutcomeData {
  /** The id of the rule. */
  readonly rule: string;
  readonly message: string;
  /** The URI of the document that the fix is, or would be, written to. */
  readonly uri: string;
  /** `declined` if a fix was wanted and was not made; `left` if none was wanted or there is none. */
  readonly outcome: 'fixed' | 'declined' | 'left';
  /** Why it was declined. */
  readonly reason?: string;
  /** Who can fix a finding that was left; absent if only the author of the description can. */
  readonly fixKind?: KindOfFix;
}

/** The result of fixing. */
export interface FixedDescriptions {
  /** The documents that have changed. */
  readonly changed: readonly ChangedDocument[];
  /** What became of each finding. */
  readonly outcomes: readonly FixOutcomeData[];
  /**
   * Why a description was not changed. An object that has a name twice only keeps its own document from being changed; after any other
   * problem nothing was fixed.
   */
  readonly problems: readonly DocumentProblem[];
  /** The URIs of the documents that `$ref`s lead to and that were not read, for want of `read`. */
  readonly unread: readonly string[];
}

/** A statement of an RFC or a guideline that a rule rests on. */
export interface CitationData {
  /** The name of the source in messages: `RFC 9110`, or that of a guideline. */
  readonly source: string;
  /** The title of the RFC or the guideline. */
  readonly title: string;
  /** The name of the section. */
  readonly section: string;
  /** The address of the section. */
  readonly url: string;
  /** What the section says: a quotation of a few words, or a summary. */
  readonly says: string;
  /** The source's own word for how strongly it asks: `MUST`, `SHOULD NOT`. */
  readonly level: string;
  /** The severity that follows. */
  readonly severity: FindingSeverity;
  /** The only aspect of the rule that it supports, if it has several. */
  readonly on?: string;
}

/** A rule of the catalogue. */
export interface RuleData {
  /** Its name. It never changes. */
  readonly id: string;
  /** What the rule asks for, in a sentence. */
  readonly summary: string;
  /** Why it matters, in a paragraph. */
  readonly rationale: string;
  /** When a team may turn it off. */
  readonly exceptions: string;
  /** Its severity in the ruleset `recommended`; absent if it is not in there. */
  readonly recommended?: FindingSeverity;
  /** Its severity in the ruleset `all`. */
  readonly severity: FindingSeverity;
  /** Who can fix what it finds; a finding may be stricter. */
  readonly fixKind: KindOfFix;
  /** Who asks for it, in the order in which findings name them. */
  readonly citations: readonly CitationData[];
}

/** A guideline with a ruleset of its own; `rfc9110` is HTTP itself. */
export interface GuidelineData {
  /** The name of its ruleset. */
  readonly name: RulesetName;
  /** Whose it is: the name in messages. */
  readonly who: string;
  readonly title: string;
  readonly url: string;
  /** The rules of its ruleset. */
  readonly rules: readonly { readonly id: string; readonly severity: FindingSeverity }[];
  /** The rules that its ruleset leaves out, because a section says otherwise. */
  readonly contradicts: readonly { readonly id: string; readonly says: string; readonly url: string }[];
}
