import { adidas } from './adidas.js';
import { aep } from './aep.js';
import { atlassian } from './atlassian.js';
import { azure } from './azure.js';
import { belgif } from './belgif.js';
import { cisco } from './cisco.js';
import { deliveroo } from './deliveroo.js';
import { dhcw } from './dhcw.js';
import { edFi } from './ed-fi.js';
import { entur } from './entur.js';
import { fhir } from './fhir.js';
import type { Guideline } from './guideline.js';
import { haufe } from './haufe.js';
import { healthNz } from './health-nz.js';
import { heroku } from './heroku.js';
import { ibmCloud } from './ibm-cloud.js';
import { modi } from './modi.js';
import { odata } from './odata.js';
import { ogc } from './ogc.js';
import { otto } from './otto.js';
import { rfc6585 } from './rfc6585.js';
import { rfc9110 } from './rfc9110.js';
import { rfc9111 } from './rfc9111.js';
import { sbb } from './sbb.js';
import { scim } from './scim.js';
import { sps } from './sps.js';
import { stellantis } from './stellantis.js';
import { swiss } from './swiss.js';
import { zalando } from './zalando.js';

/**
 * The guidelines that have a ruleset. Nothing else names them: rulesets, severities, pages, help and tests follow from this list. A new
 * one goes to the end, since findings name two guidelines at most, and those in this order.
 */
const withRuleset = [
  atlassian,
  haufe,
  zalando,
  azure,
  ibmCloud,
  deliveroo,
  belgif,
  aep,
  otto,
  swiss,
  adidas,
  cisco,
  edFi,
  odata,
  ogc,
  sps,
  dhcw,
  stellantis,
  healthNz,
  sbb,
  entur,
  modi,
  heroku,
  scim,
  fhir,
] as const;

/**
 * The guidelines that findings name to a reader who follows none: those that the API Stylebook compares under 304. The others are on the
 * pages of the rules, so that a new one changes nobody's messages.
 */
export const namedToAll: readonly Guideline[] = [atlassian, haufe, zalando];

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
  faults: {},
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
