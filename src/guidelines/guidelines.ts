import { atlassian } from './atlassian.js';
import type { Guideline } from './guideline.js';
import { haufe } from './haufe.js';
import { rfc6585 } from './rfc6585.js';
import { rfc9110 } from './rfc9110.js';
import { rfc9111 } from './rfc9111.js';
import { zalando } from './zalando.js';

/**
 * The guidelines that have a ruleset. Nothing else names them: rulesets, severities, pages, help and tests follow from this list. A new
 * one goes to the end, since findings name two guidelines at most, and those in this order.
 */
const withRuleset = [atlassian, haufe, zalando] as const;

/** The guidelines that rules cite beside others, but that ask for too little to be followed. */
const citedOnly: readonly Guideline[] = [];

/** What HTTP itself asks for. The rules cite it themselves, since it holds for every API. */
export const http: Guideline<'rfc9110'> = {
  name: 'rfc9110',
  publication: rfc9110.publication,
  copies: [],
  words: {},
  sections: {},
  asks: {},
  contradicts: {},
};

/** The RFCs that rules cite. */
export const rfcs = [rfc9110, rfc9111, rfc6585];

/** The guidelines that a team can follow, HTTP first. Each has a ruleset of the same name. */
export const guidelines = [http, ...withRuleset] as const;

export type GuidelineName = (typeof guidelines)[number]['name'];

/** Every guideline that rules cite, in the order in which findings name them; without HTTP. */
export const citedGuidelines: readonly Guideline[] = [...withRuleset, ...citedOnly];

/** The API Stylebook's page on 304, which was the first to compare guidelines. */
export const stylebook = {
  title: 'API Stylebook: 304 Not Modified',
  url: 'https://apistylebook.com/design/topics/http-status-304',
};
